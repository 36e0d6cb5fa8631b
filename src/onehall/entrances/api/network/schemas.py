"""Sessions, traffic, findings as programmes see them."""

from datetime import date

from pydantic import Field

from onehall.contexts.provisioning.api import Cause
from onehall.entrances.api.shared.paging import Stretch
from onehall.entrances.api.shared.schema import Bilingual, Day, Moment, Shown


class Finding(Shown):
    """One thing that was found; the first is the verdict. `kind`: good, info, warn, bad."""

    cause: Cause
    kind: str
    words: Bilingual
    advice: Bilingual
    at: Moment | None


class OpenSession(Shown):
    """A session on line; octets as the customer sees them, `up` sent and `down` received."""

    session_id: str
    started_at: Moment
    updated_at: Moment
    seconds: int
    up_octets: int
    down_octets: int
    caller: str
    address: str | None
    device: str


class Refusal(Shown):
    """A request that was refused."""

    at: Moment
    reason: str
    words: Bilingual
    caller: str


class Waiting(Shown):
    """A command that the network was not told yet."""

    kind: str
    created_at: Moment
    attempts: int
    next_attempt_at: Moment
    last_error: str


class Line(Shown):
    """A line with its diagnosis; what it may do is null where the network does not know the account."""

    account: str
    standing: str | None
    expires_at: Moment | None
    down_kbps: int | None
    up_kbps: int | None
    password_is_first: bool | None
    findings: list[Finding]
    sessions: list[OpenSession]
    refusals: list[Refusal]
    waiting: list[Waiting]


class UsageDay(Shown):
    """Traffic of a day, in octets."""

    day: Day
    up_octets: int
    down_octets: int
    seconds: int


class Usage(Shown):
    """The last thirty days, those with traffic."""

    items: list[UsageDay]


class Session(Shown):
    """A session of the list; `ended_at` null while it is on line."""

    account: str
    started_at: Moment
    ended_at: Moment | None
    seconds: int
    up_octets: int
    down_octets: int
    cause: str
    device: str
    address: str | None
    compound: str


class Sessions(Shown):
    """Newest first; follow `next`, also where a page is short: a page looks at a bounded number of rows."""

    items: list[Session]
    next: str | None


class SessionsAsked(Stretch):
    """On line now, or ended on a day."""

    on_line: bool = True
    day: date | None = None
    account: str = Field("", max_length=64)
    compound: str = Field("", max_length=64)
    device: str = Field("", max_length=64)
    cause: str = Field("", max_length=64)
