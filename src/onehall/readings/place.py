"""Where somebody sits: the names of hall and counter for the top bar."""

from dataclasses import dataclass

from onehall.foundation.database import fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text

_PLACE = """
    select h.name_zh, h.name_en, c.no, c.name_zh as counter_zh, c.name_en as counter_en
    from pub_organisation_hall h
    left join pub_organisation_counter c on c.hall_id = h.id and c.id = %(counter)s
    where h.id = %(hall)s and (%(halls)s::bigint[] is null or h.id = any(%(halls)s))
"""


@dataclass(frozen=True, slots=True)
class Place:
    """`counter` is None for whoever works away from a counter."""

    hall: Text
    counter: Text | None
    counter_no: str


def place(*, hall_id: int, counter_id: int | None, scope: Scope) -> Place | None:
    """Names of the hall and counter of a session, None outside the scope."""
    row = fetch_one(_PLACE, {"hall": hall_id, "counter": counter_id, "halls": scope.hall_list})
    if row is None:
        return None
    counter = None
    if row["no"] is not None:
        counter = Text(f"{row['no']}号 {row['counter_zh']}", f"{row['counter_en']} {row['no']}")
    return Place(Text(row["name_zh"], row["name_en"]), counter, row["no"] or "")
