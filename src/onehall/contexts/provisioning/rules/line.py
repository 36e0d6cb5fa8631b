"""A line as the network sees it: what a diagnosis is made from, and what it finds (NET-04)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from onehall.contexts.provisioning.contracts import Standing
from onehall.contexts.provisioning.policies import (
    DEVICE_SILENT,
    OUTAGE_LINES,
    OUTAGE_MINUTES,
    REFUSALS_COUNT,
    SESSION_SILENT,
)
from onehall.foundation.policy import PolicyBook
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text


class Cause(StrEnum):
    """What is the matter with a line. `ON_LINE` is nothing."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    NOT_BEGUN = "not_begun"
    PAUSED = "paused"
    TESTING = "testing"
    EXPIRED = "expired"
    ON_LINE = "on_line"
    OUTLIVES_TERM = "outlives_term"
    NOT_IN_EFFECT = "not_in_effect"
    OTHER_SPEED = "other_speed"
    SECOND_DEVICE = "second_device"
    OUTAGE = "outage"
    DEVICE_DOWN = "device_down"
    STALE_SESSION = "stale_session"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a cause, not a secret
    REFUSED = "refused"
    NO_SESSION = "no_session"
    NOTHING_ASKED = "nothing_asked"


@dataclass(frozen=True, slots=True)
class DiagnosisLimits:
    """From which numbers and ages on something counts: lines that went together, silence, refusals worth telling."""

    outage_lines: int
    outage: timedelta
    session_silent: timedelta
    device_silent: timedelta
    refusals: timedelta


@dataclass(frozen=True, slots=True)
class OnLine:
    """An open session as accounting last told of it; `granted_*` is what was allowed when it began, None where unknown."""

    started_at: datetime
    updated_at: datetime
    caller: str = ""
    granted_until: datetime | None = None
    granted_down_kbps: int | None = None
    granted_up_kbps: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A request to get on and what the network said."""

    at: datetime
    accepted: bool
    reason: str = ""
    caller: str = ""


@dataclass(frozen=True, slots=True)
class CommandWaiting:
    """What a network element has not been told yet (NET-03)."""

    kind: str
    created_at: datetime
    attempts: int
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """The access device that the line was last seen behind."""

    name: str
    heard_at: datetime | None
    resting_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What the network shall do with an account and what it last said. Sessions and answers stand newest first.

    `standing` None: the network does not know the account. `test_until`: until then
    it works for the installer's test (ORD-09). `paused_until`: it rests (CHG-03). `gone` lines of its compound went lately and are not back.
    """

    standing: Standing | None
    period: Period | None = None
    down_kbps: int = 0
    up_kbps: int = 0
    sessions: tuple[OnLine, ...] = ()
    answers: tuple[Answered, ...] = ()
    commands: tuple[CommandWaiting, ...] = ()
    device: DeviceFacts | None = None
    test_until: datetime | None = None
    paused_until: datetime | None = None
    gone: int = 0
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: its mark (good, info, warn, bad), what it is, what to do, since when."""

    cause: Cause
    kind: str
    words: Text
    advice: Text
    at: datetime | None = None


def diagnosis_limits(book: PolicyBook) -> DiagnosisLimits:
    """The book's numbers in one value."""
    return DiagnosisLimits(
        outage_lines=book[OUTAGE_LINES],
        outage=timedelta(minutes=book[OUTAGE_MINUTES]),
        session_silent=timedelta(minutes=book[SESSION_SILENT]),
        device_silent=timedelta(minutes=book[DEVICE_SILENT]),
        refusals=timedelta(hours=book[REFUSALS_COUNT]),
    )
