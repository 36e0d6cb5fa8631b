"""The working days that limits are counted in: the week, holidays and exchanged days as the hall's calendar has them (LAW-34, WRK-06)."""

from datetime import datetime

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.organisation import api as organisation
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local


def work_calendar(hall_id: int, *, at: datetime) -> fieldwork.WorkCalendar:
    """From the day of `at` on; a limit that was told to a customer before stays what it was."""
    off, worked = organisation.working_days(hall_id, since=local(at).date(), scope=Scope.of(hall_id))
    return fieldwork.WorkCalendar(holidays=off, exchanged=worked)
