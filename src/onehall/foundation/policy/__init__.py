"""Numbers with a reason: declared with unit, bounds and rule in the rooms, set in profiles, changed by managers.

This package's face is free of the framework, so that the rooms' `policies.py` stay pure;
reading and writing values is `foundation.policy.services`.
"""

from onehall.foundation.policy.book import PolicyBook
from onehall.foundation.policy.keys import BadPolicyValue, NotBeforeToday, PolicyKey, declare, declared

__all__ = ["BadPolicyValue", "NotBeforeToday", "PolicyBook", "PolicyKey", "declare", "declared"]
