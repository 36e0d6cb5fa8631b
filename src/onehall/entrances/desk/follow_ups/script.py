"""What is said on the telephone, with the facts of the case filled in (WRK-05), and when nobody is called (WRK-13)."""

from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.organisation import api as organisation
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import local, midnight
from onehall.foundation.values.text import Text

_SCRIPT = "follow_up"
_FAULT_LINE = "fault"


def script_of(case: fieldwork.WorkOrder, *, by: Actor) -> tuple[Text, ...]:
    """The lines in their order; what the profile does not know stays a blank."""
    words = catalogue.wording("script", _SCRIPT, scope=by.scope)
    home = customers.premises(case.dwelling_id, scope=by.scope)
    lines = organisation.directory(case.hall_id, scope=by.scope, purpose=_FAULT_LINE)
    taken = local(case.accepted_at)
    facts: dict[str, Text | str] = {
        "hall": organisation.hall(case.hall_id, scope=by.scope).name,
        "agent": by.name,
        "building": home.building,
        "unit": home.unit,
        "room": home.room,
        "day": Text(f"{taken.month} 月 {taken.day} 日", f"{taken:%Y-%m-%d}"),
        "business": case.offering,
    }
    if lines:
        facts["fault_line"] = lines[0].number
    return words.filled(**facts)


def quiet_hours(book: PolicyBook, *, at: datetime) -> Text | None:
    """Why nobody should be called now; None within the hours of the hall (WRK-13)."""
    opens, closes = book[fieldwork.FOLLOW_UP_OPENS], book[fieldwork.FOLLOW_UP_CLOSES]
    minute = (local(at) - midnight(local(at).date())).seconds // 60
    if opens <= minute < closes:
        return None
    start, end = (f"{edge // 60}:{edge % 60:02d}" for edge in (opens, closes))
    return Text(
        f"现在不在回访时间（{start}–{end}），请不要给客户打电话。",
        f"Customers are called between {start} and {end} only; please do not call now.",
    )
