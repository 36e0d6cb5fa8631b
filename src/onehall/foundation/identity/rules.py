"""Pure decisions of identity: when a shift has ended, which code of an app is good (SEC-08)."""

from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta

from onehall.foundation.values.period import local

STEP = 30  # structural: seconds of a code, as RFC 6238 and every app have it
_DRIFT = 1  # structural: one code before or after, for clocks that are not quite right


_GUARDED = frozenset(
    {
        "staff.manage",
        "token.manage",
        "policy.change",
        "export.approve",
        "webhook.manage",
        "network.manage",
        "import.run",
    }
)
"""What manages others or the system: only who holds it gives it."""


def may_give(role: Collection[str], held: Collection[str]) -> bool:
    """Whether a role may be given by who holds these permissions: work may be given, power only by who has it (ORG-06)."""
    return _GUARDED.intersection(role) <= set(held)


Powers = Collection[tuple[str, int | None]]
"""What somebody may do where: a permission and the hall it holds in, None for every hall."""


def may_reset(theirs: Powers, mine: Powers) -> bool:
    """Whether whoever has `mine` may give somebody a new password: all power of theirs, hall by hall, is held already (ORG-06)."""
    return all((code, None) in mine or (code, hall) in mine for code, hall in theirs if code in _GUARDED)


def shift_over(*, started_at: datetime, at: datetime, ends: Collection[str]) -> bool:
    """Whether a shift's end, given as local `HH:MM`, lies after `started_at` and not after `at`."""
    start, now = local(started_at), local(at)
    for end in ends:
        moment = datetime.combine(start.date(), time.fromisoformat(end), start.tzinfo)
        if moment <= start:
            moment += timedelta(days=1)
        if moment <= now:
            return True
    return False


def good_step(*, code: str, at: datetime, last: int, code_of: Callable[[int], str]) -> int | None:
    """The time step whose code was typed: now or one beside it, and later than the last one used; None where none fits."""
    typed = code.replace(" ", "")
    now = int(at.timestamp()) // STEP
    fitting = [
        step for step in range(now - _DRIFT, now + _DRIFT + 1) if step > last and code_of(step) == typed
    ]
    return min(fitting, default=None)
