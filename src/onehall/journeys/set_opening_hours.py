"""设定营业时间 When the hall opens, by weekday, from a day on, for a season or for good (LAW-35)."""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import local


@dataclass(frozen=True, slots=True)
class HoursGiven:
    """`last` None is for good; `hours` "" closes the hall on those weekdays (0 is Monday)."""

    weekdays: tuple[int, ...]
    first: date
    last: date | None
    hours: str
    reason: str

    def word(self, *, today: date) -> organisation.OpeningWord:
        """As it is kept. Raises CalendarRefused."""
        chosen = organisation.check_opening(
            weekdays=self.weekdays, first=self.first, last=self.last, today=today
        )
        hours = organisation.tidy_hours(self.hours, field="open_hours")
        return organisation.OpeningWord(chosen, self.first, self.last, hours)


def set_opening_hours(*, given: HoursGiven, by: Actor, at: datetime) -> None:
    """In the hall where `by` works. Raises CalendarRefused."""
    with transaction():
        by.require("calendar.change")
        word = given.word(today=local(at).date())
        organisation.say_opening(
            hall_id=by.hall_id, word=word, reason=organisation.reasoned(given.reason), by=by, at=at
        )
        facts = {
            "weekdays": list(word.weekdays),
            "first": str(given.first),
            "last": str(given.last or ""),
            "hours": word.hours,
        }
        record(
            action="calendar.hours_set", subject="calendar", subject_id=str(given.first), hall_id=by.hall_id, by=by, at=at,
            rule="LAW-35", details={**facts, "reason": given.reason.strip()},
        )  # fmt: skip
        publish(topic="calendar.changed", hall_id=by.hall_id, at=at)
