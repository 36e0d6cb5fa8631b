"""Pure decisions of the provisioning room: secrets and standing of an account, and what is wrong with a line."""

from onehall.contexts.provisioning.rules.devices import check_device
from onehall.contexts.provisioning.rules.diagnosis import diagnose, mbit
from onehall.contexts.provisioning.rules.line import (
    Answered,
    Cause,
    CommandWaiting,
    DeviceFacts,
    DiagnosisLimits,
    Finding,
    LineFacts,
    OnLine,
    diagnosis_limits,
)
from onehall.contexts.provisioning.rules.reasons import (
    CAUSES,
    REASONS,
    cause_words,
    command_words,
    reason_words,
)
from onehall.contexts.provisioning.rules.secrets import (
    check_own_secret,
    check_secret,
    initial_secret,
    md4,
    next_attempt,
    nt_hash,
    pbkdf2,
    secret_matches,
    secret_policy,
    standing,
)

__all__ = [
    "CAUSES",
    "REASONS",
    "Answered",
    "Cause",
    "CommandWaiting",
    "DeviceFacts",
    "DiagnosisLimits",
    "Finding",
    "LineFacts",
    "OnLine",
    "cause_words",
    "check_device",
    "check_own_secret",
    "check_secret",
    "command_words",
    "diagnose",
    "diagnosis_limits",
    "initial_secret",
    "mbit",
    "md4",
    "next_attempt",
    "nt_hash",
    "pbkdf2",
    "reason_words",
    "secret_matches",
    "secret_policy",
    "standing",
]
