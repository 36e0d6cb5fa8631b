"""Pure decisions of organisation."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from onehall.contexts.organisation.contracts import (
    CalendarRefused,
    Counter,
    DayKind,
    DayPlan,
    DayWord,
    HallCalendar,
    OpeningWord,
)
from onehall.foundation.values.hours import read_hours, write_hours

_WEEK = frozenset(range(7))  # structural: Monday to Sunday of date.weekday()
_WEEKEND = frozenset({5, 6})  # structural: Saturday and Sunday of date.weekday()
_WIDEST = 60  # structural: signs that hours of a day have room for
_LONGEST = 62  # structural: days of one word; a longer one is a slip of the finger


def missing_capabilities(counter: Counter, business: Iterable[str]) -> tuple[str, ...]:
    """The kinds of business this counter cannot finish, in the order asked (ORD-01)."""
    if counter.is_general:
        return ()
    return tuple(kind for kind in dict.fromkeys(business) if kind not in counter.capabilities)


def counters_for(counters: Sequence[Counter], business: Iterable[str]) -> tuple[Counter, ...]:
    """The counters that finish all of it: those made for it before the general ones, so that those stay free."""
    wanted = tuple(business)
    able = [counter for counter in counters if not missing_capabilities(counter, wanted)]
    return tuple(sorted(able, key=lambda counter: counter.is_general))


def word_of(day: date, days: Iterable[DayWord]) -> DayWord | None:
    """What holds of a day: the hall's own newest word, else the newest one for every hall; taken back, none."""
    said = [word for word in days if word.day == day]
    for own in (True, False):
        last = [word for word in said if (word.hall_id is not None) is own][-1:]
        if last and last[0].kind is not DayKind.ORDINARY:
            return last[0]
    return None


def plan_of(day: date, calendar: HallCalendar) -> DayPlan:
    """A day as it stands: a holiday is no working day, an exchanged weekend day is one (LAW-34). Opening hours follow the
    newest word for that weekday, unless the day has hours of its own (LAW-35)."""
    word = word_of(day, calendar.days)
    works = day.weekday() not in _WEEKEND if word is None else word.kind is DayKind.WORKDAY
    if word is not None and word.hours is not None:
        return DayPlan(day, works, word.name, word.hours)
    hours = calendar.usual
    for opening in calendar.openings:
        if day.weekday() in opening.weekdays and opening.first_day <= day and not _over(opening, day):
            hours = opening.hours
    return DayPlan(day, works, word.name if word else "", hours)


def work_days(days: Sequence[DayWord], *, since: date) -> tuple[frozenset[date], frozenset[date]]:
    """From `since` on, the days off and the weekend days that are worked: what limits in working days skip and count (LAW-34)."""
    words = [word_of(day, days) for day in {word.day for word in days if word.day >= since}]
    off = frozenset(word.day for word in words if word and word.kind is DayKind.HOLIDAY)
    return off, frozenset(word.day for word in words if word and word.kind is DayKind.WORKDAY)


def changed_days(
    before: HallCalendar, after: HallCalendar, *, first: date, days: int
) -> list[tuple[DayPlan, DayPlan]]:
    """The days from `first` on that would look otherwise, each as it is and as it would be."""
    pairs = ((plan_of(day, before), plan_of(day, after)) for day in _run(first, days))
    return [pair for pair in pairs if pair[0] != pair[1]]


def check_days(*, first: date, last: date, kind: DayKind, name: str, today: date) -> list[date]:
    """The days one word is for. Raises CalendarRefused: nothing is changed backwards."""
    if first < today:
        raise _no("first_day", "过去的日子不能改", "a day that has passed is not changed")
    if last < first:
        raise _no("last_day", "最后一天早于第一天", "the last day comes before the first")
    if (last - first).days >= _LONGEST:
        raise _no("last_day", f"一次最多 {_LONGEST} 天", f"at most {_LONGEST} days at once")
    if kind is not DayKind.ORDINARY and not name.strip():
        raise _no("name", "没有写名称，例如“国庆节”", "its name is missing")
    return list(_run(first, (last - first).days + 1))


def check_opening(*, weekdays: Iterable[int], first: date, last: date | None, today: date) -> tuple[int, ...]:
    """The weekdays, in order. Raises CalendarRefused."""
    chosen = tuple(sorted(set(weekdays)))
    if not chosen or not _WEEK.issuperset(chosen):
        raise _no("weekdays", "没有选星期几", "no weekday is chosen")
    if first < today:
        raise _no("from_day", "过去的日子不能改", "a day that has passed is not changed")
    if last is not None and last < first:
        raise _no("to_day", "最后一天早于第一天", "the last day comes before the first")
    return chosen


def tidy_hours(text: str, *, field: str) -> str:
    """Hours as they are kept, e.g. 8:30–12:00、13:30–19:00; "" is closed. Raises CalendarRefused."""
    try:
        tidy = write_hours(read_hours(text))
        if len(tidy) > _WIDEST:
            raise ValueError(text)
        return tidy
    except ValueError:
        why = "营业时间要写成 8:30–12:00、13:30–19:00，先后不重叠"
        raise _no(field, why, "hours are written 8:30–12:00, 13:30–19:00, in order") from None


def reasoned(reason: str) -> str:
    """Why the calendar is changed, as it is kept. Raises CalendarRefused where nothing is said."""
    if not reason.strip():
        raise _no("reason", "没有写依据，例如文号", "its source is missing, a circular for example")
    return reason.strip()[:200]


def _over(opening: OpeningWord, day: date) -> bool:
    return opening.last_day is not None and opening.last_day < day


def _run(first: date, days: int) -> Iterable[date]:
    return (first + timedelta(days=ahead) for ahead in range(days))


def _no(field: str, why: str, why_en: str) -> CalendarRefused:
    return CalendarRefused(field=field, why=why, why_en=why_en)
