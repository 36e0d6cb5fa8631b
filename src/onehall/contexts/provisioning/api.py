"""The door of the provisioning room."""

from onehall.contexts.provisioning.contracts import (  # noqa: I001 - packed: the door has a limit
    AccessState, AccountOfAnother, AccountUnknown, BadDevice, BadSecret, CommandDue, DeviceTaken, DeviceUnknown, Grant,
    Granted, SecretPolicy, Standing,
)  # fmt: skip
from onehall.contexts.provisioning.policies import (
    ANSWERS_MONTHS, DEVICE_SILENT, HASH_ROUNDS, INITIAL_SECRET, INTERIM_SECONDS, KEEP_CLEAR_SECRET, OWN_SECRET_LENGTH,
    RETRY_FIRST, RETRY_LONGEST, SECRET_LENGTH, SESSIONS_MONTHS, SESSION_SILENT, SLOW_PAP, USAGE_MONTHS,
)  # fmt: skip
from onehall.contexts.provisioning.ports import AccessServer
from onehall.contexts.provisioning.queries import (
    access, accesses, clear_secrets, clear_secrets_state, commands_due, device, devices, secret_fits, server_clients,
)  # fmt: skip
from onehall.contexts.provisioning.rules import (
    Answered, Cause, CommandWaiting, DeviceAdmitted, DeviceDraft, DeviceFacts, DeviceState, DiagnosisLimits, Finding,
    Keeping, LineFacts, OnLine, ServerChange, ServerClient, ServerDatabase, ServerPlace, ServerPlan, check_secret,
    diagnose, diagnosis_limits, mbit, reason_words, secret_policy,
)  # fmt: skip
from onehall.contexts.provisioning.services.access import (
    command_done, command_failed, grant_access, move_access, reset_secret, restate_access, take_over_access,
    withdraw_access, withdraw_accounts,
)  # fmt: skip
from onehall.contexts.provisioning.services.devices import admit_device, change_device, retire_device
from onehall.contexts.provisioning.services.own_secret import choose_secret
from onehall.contexts.provisioning.services.sessions import admit_server, close_silent_sessions, keep_months

__all__ = [
    "ANSWERS_MONTHS", "DEVICE_SILENT", "HASH_ROUNDS", "INITIAL_SECRET", "INTERIM_SECONDS", "KEEP_CLEAR_SECRET",
    "OWN_SECRET_LENGTH", "RETRY_FIRST", "RETRY_LONGEST", "SECRET_LENGTH", "SESSIONS_MONTHS", "SESSION_SILENT",
    "SLOW_PAP", "USAGE_MONTHS", "AccessServer", "AccessState", "AccountOfAnother", "AccountUnknown", "Answered",
    "BadDevice", "BadSecret", "Cause", "CommandDue", "CommandWaiting", "DeviceAdmitted", "DeviceDraft", "DeviceFacts",
    "DeviceState", "DeviceTaken", "DeviceUnknown", "DiagnosisLimits", "Finding", "Grant", "Granted", "Keeping",
    "LineFacts", "OnLine", "SecretPolicy", "ServerChange", "ServerClient", "ServerDatabase", "ServerPlace",
    "ServerPlan", "Standing", "access", "accesses", "admit_device", "admit_server", "change_device", "check_secret",
    "choose_secret", "clear_secrets", "clear_secrets_state", "close_silent_sessions", "command_done", "command_failed", "commands_due",
    "device", "devices", "diagnose", "diagnosis_limits", "grant_access", "keep_months", "mbit", "move_access",
    "reason_words", "reset_secret", "restate_access", "retire_device", "secret_fits", "secret_policy",
    "server_clients", "take_over_access", "withdraw_access", "withdraw_accounts",
]  # fmt: skip
