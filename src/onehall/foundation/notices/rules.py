"""Pure decisions: at what hour a notice may leave, when it is tried again, and what a delivery report makes of it."""

from datetime import datetime, timedelta
from enum import StrEnum

from onehall.foundation.notices.contracts import HowMissing, NothingToTell, Word
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

STATES = {
    "waiting": Text("等着发出", "waiting to leave"),
    "sent": Text("已发出，还没有回执", "sent, no report yet"),
    "delivered": Text("已送达", "delivered"),
    "failed": Text("没有送到", "not delivered"),
    "refused": Text("短信网关不收", "refused by the gateway"),
    "to_call": Text("没有手机号，要打电话告知", "no mobile number: to be called"),
    "late": Text("过了时间，没有再发", "too late, not sent"),
    "told": Text("已另行告知", "told by a person"),
}
UNDELIVERED = ["failed", "refused", "to_call"]
"""What somebody of the hall has to tell the customer instead."""
Next = StrEnum("Next", "DELIVERED AGAIN FAILED NOTHING")
_LONGEST = 200

_DOUBLINGS = 16


def may_leave(at: datetime, *, opens: int, closes: int) -> datetime:
    """`at` itself within the hours of the day (minutes since midnight, Chinese time), else the next opening."""
    here = local(at)
    minute = here.hour * 60 + here.minute
    if opens <= minute < closes:
        return at
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=int(minute >= closes), minutes=opens)


def try_again(at: datetime, *, attempts: int, retry_seconds: int) -> datetime:
    """The wait doubles with each attempt made so far, from 1."""
    return at + timedelta(seconds=retry_seconds * 2 ** min(attempts - 1, _DOUBLINGS))


def after_report(state: str, word: Word, *, current: bool, turn: int, tellings: int) -> Next:
    """What a report makes of a notice (BIL-06). `current` says that it is about the latest telling.

    The good word always counts, however late and whatever was thought before: the customer has been told. A bad one counts for
    the telling that is under way only: told again while the policy's tellings last, otherwise a matter for a person.
    """
    if word is Word.DELIVERED:
        return Next.NOTHING if state == "delivered" else Next.DELIVERED
    if not current or state not in ("waiting", "sent"):
        return Next.NOTHING
    return Next.AGAIN if turn < tellings else Next.FAILED


def believable(said: datetime, *, made: datetime, heard: datetime) -> datetime:
    """When it happened: as the gateway says, within what can be true, for its clock may be wrong."""
    return min(max(said, made), heard)


def check_telling(state: str, how: str) -> str:
    """How a person told the customer what did not arrive. NothingToTell, HowMissing."""
    if state not in UNDELIVERED:
        raise nothing_to_tell(state)
    if not how.strip():
        raise HowMissing(field="how")
    return how.strip()[:_LONGEST]


def nothing_to_tell(state: str) -> NothingToTell:
    """The refusal of whoever would tell what arrived, or was told already."""
    words = STATES[state]
    return NothingToTell(state=words.zh, state_en=words.en)
