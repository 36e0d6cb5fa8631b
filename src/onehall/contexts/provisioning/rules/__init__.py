"""Pure decisions of the provisioning room: secrets and standing of an account, and what is wrong with a line."""

from onehall.contexts.provisioning.rules.devices import (  # noqa: I001 - packed: the door has a limit
    DeviceAdmitted, DeviceDraft, DeviceState, check_device,
)  # fmt: skip
from onehall.contexts.provisioning.rules.diagnosis import diagnose, mbit
from onehall.contexts.provisioning.rules.line import (
    Answered, Cause, CommandWaiting, DeviceFacts, DiagnosisLimits, Finding, LineFacts, OnLine, diagnosis_limits,
)  # fmt: skip
from onehall.contexts.provisioning.rules.orders import OBSTACLES, decide, obstacle
from onehall.contexts.provisioning.rules.reasons import (
    CAUSES, REASONS, cause_words, command_words, reason_words,
)  # fmt: skip
from onehall.contexts.provisioning.rules.secrets import (
    check_own_secret, check_secret, initial_secret, md4, next_attempt, nt_hash, pbkdf2, secret_matches, secret_policy,
    standing,
)  # fmt: skip
from onehall.contexts.provisioning.rules.server import (
    Keeping, ServerChange, ServerClient, ServerDatabase, ServerPlace, ServerPlan,
)  # fmt: skip
from onehall.contexts.provisioning.rules.telephone import (
    NoServicePassword, ServicePassword, TelephoneState, TelephoneWish, check_service_password, wish,
)  # fmt: skip

__all__ = [
    "CAUSES", "OBSTACLES", "REASONS", "Answered", "Cause", "CommandWaiting", "DeviceAdmitted", "DeviceDraft",
    "DeviceFacts", "DeviceState", "DiagnosisLimits", "Finding", "Keeping", "LineFacts", "NoServicePassword", "OnLine", "ServerChange",
    "ServerClient", "ServerDatabase", "ServerPlace", "ServerPlan", "ServicePassword", "TelephoneState", "TelephoneWish", "cause_words", "check_device", "check_own_secret",
    "check_secret", "check_service_password", "command_words", "decide", "diagnose", "diagnosis_limits", "initial_secret", "mbit", "md4",
    "next_attempt", "nt_hash", "obstacle", "pbkdf2", "reason_words", "secret_matches", "secret_policy", "standing", "wish",
]  # fmt: skip
