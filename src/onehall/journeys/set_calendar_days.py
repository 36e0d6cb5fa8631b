"""设定日历 Days off, weekend days that are worked, and days with opening hours of their own, from today on (LAW-34, LAW-35)."""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, NotPermitted
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.period import local


@dataclass(frozen=True, slots=True)
class DaysGiven:
    """`hours`: None leaves the opening hours as they are, "" closes. `everywhere`: in every hall of the operator."""

    first: date
    last: date
    kind: organisation.DayKind
    name: str
    hours: str | None
    reason: str
    everywhere: bool = False

    def words(self, *, hall_id: int, today: date) -> list[organisation.DayWord]:
        """One for each day. Raises CalendarRefused."""
        days = organisation.check_days(
            first=self.first, last=self.last, kind=self.kind, name=self.name, today=today
        )
        hours = None if self.hours is None else organisation.tidy_hours(self.hours, field="hours")
        place = None if self.everywhere else HallId(hall_id)
        name = " ".join(self.name.split())[:60]
        return [organisation.DayWord(day, self.kind, name, hours, place) for day in days]


def set_calendar_days(*, given: DaysGiven, by: Actor, at: datetime) -> None:
    """The same words twice change nothing that anybody sees. Raises CalendarRefused, NotPermitted for every hall's days."""
    with transaction():
        by.require("calendar.change")
        if given.everywhere and by.halls is not None:
            raise NotPermitted(permission="calendar.change *")
        words = given.words(hall_id=by.hall_id, today=local(at).date())
        organisation.say_days(words=words, reason=organisation.reasoned(given.reason), by=by, at=at)
        facts = {
            "first": str(given.first),
            "last": str(given.last),
            "kind": given.kind.value,
            "reason": given.reason.strip(),
        }
        halls = (
            organisation.halls(scope=by.scope)
            if given.everywhere
            else [organisation.hall(by.hall_id, scope=by.scope)]
        )
        for hall in halls:
            record(
                action="calendar.days_set", subject="calendar", subject_id=str(given.first), hall_id=hall.id, by=by, at=at,
                rule="LAW-34", details={**facts, "hours": words[0].hours},
            )  # fmt: skip
            publish(topic="calendar.changed", hall_id=hall.id, at=at)
