"""审批 A second person decides: asked for, decided, used once, each within its time; never by whoever asked (SEC-04).

A kind of request names the permission that decides it (`KINDS`). What is asked for is kept as codes and a
hash: only the very thing that was approved can be done with the approval. The right to decide may be lent for some days.
"""

from onehall.foundation.approvals.contracts import (
    AlreadyDecided,
    ApprovalGone,
    ApprovalNotFitting,
    Delegation,
    DelegationRefused,
    NoteMissing,
    OwnRequest,
    Request,
    State,
    Wanted,
)
from onehall.foundation.approvals.kinds import (
    ACTIVITY,
    BALANCE,
    EXPORT,
    INVOICE,
    KINDS,
    LOGIN,
    REVERSAL,
    Kind,
)

__all__ = [
    "ACTIVITY", "BALANCE", "EXPORT", "INVOICE", "KINDS", "LOGIN", "REVERSAL", "AlreadyDecided", "ApprovalGone", "ApprovalNotFitting", "Delegation",
    "DelegationRefused", "Kind", "NoteMissing", "OwnRequest", "Request", "State", "Wanted",
]  # fmt: skip
