"""Reads of workforce. What a hall's people owe belongs to that hall: another hall's is not found (SEC-10)."""

from collections.abc import Collection
from typing import Any

from onehall.contexts.workforce.contracts import Duty, Enquiry, Handover, Keeper, Lesson
from onehall.contexts.workforce.rules import Cause, Outcome, Shortage
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import UserId
from onehall.foundation.values.money import Money

_ENQUIRY = """
    select * from pub_workforce_enquiry where (%(halls)s::bigint[] is null or hall_id = any(%(halls)s))
"""
_OPEN = (
    _ENQUIRY
    + " and closed_at is null and (%(hall)s::bigint is null or hall_id = %(hall)s) order by due_at, id limit %(limit)s"
)
_HANDOVERS = """
    select g.name as from_name, t.name as to_name, h.note, h.offered_at, h.accepted, h.answered_at, h.remark
    from workforce_handover h join workforce_enquiry e on e.id = h.enquiry_id
    join identity_user g on g.id = h.giver_id join identity_user t on t.id = h.taker_id
    where h.enquiry_id = %(id)s and (%(halls)s::bigint[] is null or e.hall_id = any(%(halls)s)) order by h.id
"""

_KEEPERS = """
    select k.id, k.duty, k.what, k.person_id, p.name, p.staff_no, k.named_at
    from workforce_keeper k join pub_organisation_person p on p.id = k.person_id
    where k.hall_id = %(hall)s and k.ended_at is null order by k.duty, k.what
"""
_LESSONS = """
    select distinct on (l.person_id) l.person_id, l.passed_on
    from workforce_lesson l
    where l.person_id = any(%(people)s) and l.topic = 'confidentiality' order by l.person_id, l.id desc
"""

_SHORTAGES = """
    select s.id, s.hall_id, s.drawer_id, s.clerk_id as clerk, c.name as clerk_name, s.amount, s.cause, s.evidence,
           s.proposed_by_id as proposed_by, p.name as proposed_name, s.proposed_at, s.answer_by, a.acknowledged,
           coalesce(a.words, '') as answer, a.at as answered_at, d.outcome, coalesce(d.ground, '') as ground,
           coalesce(b.name, '') as decided_name, d.at as decided_at
    from workforce_shortage s join identity_user c on c.id = s.clerk_id join identity_user p on p.id = s.proposed_by_id
    left join workforce_shortageanswer a on a.shortage_id = s.id
    left join workforce_shortagedecision d on d.shortage_id = s.id left join identity_user b on b.id = d.by_id
    where (%(halls)s::bigint[] is null or s.hall_id = any(%(halls)s))
"""


def shortage(shortage_id: int, *, scope: Scope) -> Shortage:
    """One proposal, or NotFound."""
    row = fetch_one(_SHORTAGES + " and s.id = %(id)s", {"id": shortage_id, "halls": scope.hall_list})
    if row is None:
        raise NotFound(what="这项短款提议", what_en="This proposal")
    return _shortage(row)


def shortages(*, clerk: UserId | None = None, limit: int, scope: Scope) -> list[Shortage]:
    """The newest first; of one clerk where asked."""
    where = " and (%(clerk)s::bigint is null or s.clerk_id = %(clerk)s) order by s.id desc limit %(limit)s"
    facts = {"clerk": clerk, "limit": limit, "halls": scope.hall_list}
    return [_shortage(row) for row in fetch_all(_SHORTAGES + where, facts)]


def _shortage(row: dict[str, Any]) -> Shortage:
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    return Shortage(
        **{**row, "amount": Money(row["amount"]), "cause": Cause(row["cause"]), "outcome": outcome}
    )


def enquiry(enquiry_id: int, *, scope: Scope) -> Enquiry:
    """One enquiry, or NotFound."""
    row = fetch_one(_ENQUIRY + " and id = %(id)s", {"id": enquiry_id, "halls": scope.hall_list})
    if row is None:
        raise NotFound(what="这件咨询", what_en="This enquiry")
    return Enquiry(**row)


def open_enquiries(*, hall_id: int | None, limit: int, scope: Scope) -> list[Enquiry]:
    """Enquiries that nobody has closed, the soonest due first."""
    return [
        Enquiry(**row)
        for row in fetch_all(_OPEN, {"hall": hall_id, "halls": scope.hall_list, "limit": limit})
    ]


def keepers(hall_id: int, *, scope: Scope) -> list[Keeper]:
    """Who keeps what in this hall now."""
    scope.require(hall_id)
    return [Keeper(**{**row, "duty": Duty(row["duty"])}) for row in fetch_all(_KEEPERS, {"hall": hall_id})]


def lessons(
    people: Collection[int], *, scope: Scope
) -> dict[int, Lesson]:  # unscoped: whoever may ask read these people in scope
    """The last confidentiality lesson that each of these people passed."""
    return {row["person_id"]: Lesson(**row) for row in fetch_all(_LESSONS, {"people": list(people)})}


def handovers(enquiry_id: int, *, scope: Scope) -> list[Handover]:
    """Every attempt to pass it on, in order."""
    return [Handover(**row) for row in fetch_all(_HANDOVERS, {"id": enquiry_id, "halls": scope.hall_list})]
