"""The door of the provisioning room."""

from onehall.contexts.provisioning.contracts import (  # noqa: I001 - packed: the door has a limit
    AccessState, AccountOfAnother, AccountUnknown, BadSecret, CommandDue, Grant, Granted, SecretPolicy, Standing,
)  # fmt: skip
from onehall.contexts.provisioning.policies import (
    DEVICE_SILENT, HASH_ROUNDS, INITIAL_SECRET, KEEP_CLEAR_SECRET, RETRY_FIRST, RETRY_LONGEST, SECRET_LENGTH, SESSION_SILENT,
)  # fmt: skip
from onehall.contexts.provisioning.queries import access, accesses, commands_due
from onehall.contexts.provisioning.rules import (
    Answered, Cause, CommandWaiting, DeviceFacts, DiagnosisLimits, Finding, LineFacts, OnLine, check_secret, diagnose,
    diagnosis_limits, mbit, reason_words, secret_policy,
)  # fmt: skip
from onehall.contexts.provisioning.services import (
    command_done, command_failed, grant_access, move_access, reset_secret, restate_access, take_over_access,
    withdraw_access, withdraw_accounts,
)  # fmt: skip

__all__ = [
    "DEVICE_SILENT",
    "HASH_ROUNDS",
    "INITIAL_SECRET",
    "KEEP_CLEAR_SECRET",
    "RETRY_FIRST",
    "RETRY_LONGEST",
    "SECRET_LENGTH",
    "SESSION_SILENT",
    "AccessState",
    "AccountOfAnother",
    "AccountUnknown",
    "Answered",
    "BadSecret",
    "Cause",
    "CommandDue",
    "CommandWaiting",
    "DeviceFacts",
    "DiagnosisLimits",
    "Finding",
    "Grant",
    "Granted",
    "LineFacts",
    "OnLine",
    "SecretPolicy",
    "Standing",
    "access",
    "accesses",
    "check_secret",
    "command_done",
    "command_failed",
    "commands_due",
    "diagnose",
    "diagnosis_limits",
    "grant_access",
    "move_access",
    "reason_words",
    "reset_secret",
    "restate_access",
    "secret_policy",
    "take_over_access",
    "withdraw_access",
    "withdraw_accounts",
]  # fmt: skip
