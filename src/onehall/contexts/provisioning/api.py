"""The door of the provisioning room."""

from onehall.contexts.provisioning.contracts import (  # noqa: I001 - packed: the door has a limit
    AccessState, AccountOfAnother, AccountUnknown, Act, BadDevice, BadSecret, DeviceTaken, DeviceUnknown,
    Grant, Granted, LiveLine, Order, SecretPolicy, Standing, Wish,
)  # fmt: skip
from onehall.contexts.provisioning.policies import (
    ANSWERS_MONTHS, BREAKER_FAILURES, BREAKER_REST, COMMAND_LEASE, COMMAND_SECONDS, CUT_AGAIN, DEVICE_SILENT,
    HASH_ROUNDS, INITIAL_SECRET, INITIAL_SERVICE_PASSWORD, INTERIM_SECONDS, KEEP_CLEAR_SECRET, OWN_SECRET_LENGTH, RETRY_FIRST, RETRY_LONGEST,
    SECRET_LENGTH, SERVICE_PASSWORD_LENGTH, SESSIONS_MONTHS, SESSION_SILENT, SLOW_PAP, SURVIVOR_GRACE, TEST_HOURS, USAGE_MONTHS,
)  # fmt: skip
from onehall.contexts.provisioning.ports import AccessServer, Device, NetworkElement, Told, Verdict
from onehall.contexts.provisioning.queries import (
    access, accesses, clear_secrets, clear_secrets_state, device, devices, first_password_accounts, secret_fits, server_clients, service_password,
    service_password_fits, telephone,
)  # fmt: skip
from onehall.contexts.provisioning.rules import (
    CAUSES, OBSTACLES, Answered, Cause, CommandWaiting, DeviceAdmitted, DeviceDraft, DeviceFacts, DeviceState,
    DiagnosisLimits, Finding, Keeping, LineFacts, NoServicePassword, OnLine, ServerChange, ServerClient, ServerDatabase, ServerPlace,
    ServerPlan, ServicePassword, TelephoneState, TelephoneWish, cause_words, check_secret, check_service_password, command_words, decide, diagnose, diagnosis_limits, mbit, obstacle,
    reason_words, secret_policy, wish,
)  # fmt: skip
from onehall.contexts.provisioning.services.access import (
    grant_access, move_access, reset_secret, restate_access, take_over_access, withdraw_access, withdraw_accounts,
)  # fmt: skip
from onehall.contexts.provisioning.services.changes import pause_access, rename_access
from onehall.contexts.provisioning.services.commands import (
    Errand, Outcome, close_test, cut_sessions, end_tests, note_outcomes, open_test,
    reconcile, take_commands,
)  # fmt: skip
from onehall.contexts.provisioning.services.devices import admit_device, change_device, retire_device
from onehall.contexts.provisioning.services.own_secret import choose_secret
from onehall.contexts.provisioning.services.sessions import admit_server, close_silent_sessions, keep_months
from onehall.contexts.provisioning.services.telephone import (
    rename_telephone, set_service_password, state_telephone, take_over_telephones, withdraw_telephones,
)  # fmt: skip

__all__ = [
    "ANSWERS_MONTHS", "BREAKER_FAILURES", "BREAKER_REST", "CAUSES", "COMMAND_LEASE", "COMMAND_SECONDS", "CUT_AGAIN", "DEVICE_SILENT", "HASH_ROUNDS",
    "INITIAL_SECRET", "INITIAL_SERVICE_PASSWORD", "INTERIM_SECONDS", "KEEP_CLEAR_SECRET", "OBSTACLES", "OWN_SECRET_LENGTH", "RETRY_FIRST",
    "RETRY_LONGEST", "SECRET_LENGTH", "SERVICE_PASSWORD_LENGTH", "SESSIONS_MONTHS", "SESSION_SILENT", "SLOW_PAP", "SURVIVOR_GRACE", "TEST_HOURS",
    "USAGE_MONTHS", "AccessServer", "AccessState", "AccountOfAnother", "AccountUnknown", "Act", "Answered", "BadDevice", "BadSecret", "Cause",
    "CommandWaiting", "Device", "DeviceAdmitted", "DeviceDraft", "DeviceFacts", "DeviceState", "DeviceTaken", "DeviceUnknown", "DiagnosisLimits",
    "Errand", "Finding", "Grant", "Granted", "Keeping", "LineFacts", "LiveLine", "NetworkElement", "NoServicePassword", "OnLine", "Order", "Outcome",
    "SecretPolicy", "ServerChange", "ServerClient", "ServerDatabase", "ServerPlace", "ServerPlan", "ServicePassword", "Standing", "TelephoneState",
    "TelephoneWish", "Told", "Verdict", "Wish", "access", "accesses", "admit_device", "admit_server", "cause_words", "change_device", "check_secret",
    "check_service_password", "choose_secret", "clear_secrets", "clear_secrets_state", "close_silent_sessions", "close_test", "command_words",
    "cut_sessions", "decide", "device", "devices", "diagnose", "diagnosis_limits", "end_tests", "first_password_accounts", "grant_access",
    "keep_months", "mbit", "move_access", "note_outcomes", "obstacle", "open_test", "pause_access", "reason_words", "reconcile", "rename_access",
    "rename_telephone", "reset_secret", "restate_access", "retire_device", "secret_fits", "secret_policy", "server_clients", "service_password",
    "service_password_fits", "set_service_password", "state_telephone", "take_commands", "take_over_access", "take_over_telephones", "telephone",
    "wish", "withdraw_access", "withdraw_accounts", "withdraw_telephones",
]  # fmt: skip
