"""Reads of escalation. A matter is found by whoever reported it and by the levels that were told, nobody else (SEC-10)."""

from typing import Any

from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.escalation.contracts import Instruction, Kind, Level, Matter, Note, Told
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Actor, Scope

_MATTER = """
    select m.id, m.hall_id, m.kind, m.what, m.emergency, m.start, u.name as by, m.by_id as by_user, m.at,
           array(select t.level from escalation_mattertold t where t.matter_id = m.id order by t.level) as told,
           array(select t.level from escalation_mattertold t join escalation_matterseen s on s.told_id = t.id
                 where t.matter_id = m.id order by t.level) as seen,
           coalesce(c.outcome, '') as outcome, coalesce(b.name, '') as closed_by, c.at as closed_at
    from escalation_matter m join identity_user u on u.id = m.by_id
    left join escalation_matterclosing c on c.matter_id = m.id
    left join identity_user b on b.id = c.by_id
    where (%(halls)s::bigint[] is null or m.hall_id = any(%(halls)s))
      and (m.by_id = %(user)s or exists (
        select 1 from escalation_mattertold t where t.matter_id = m.id and t.level = any(%(levels)s)))
      and (m.id = %(id)s or %(id)s is null)
    order by c.at is not null, m.emergency desc, m.id desc limit %(limit)s
"""
_TOLD = """
    select t.level, u.name as by, t.at, coalesce(b.name, '') as seen_by, s.at as seen_at, coalesce(s.note, '') as note
    from escalation_mattertold t join identity_user u on u.id = t.by_id
    left join escalation_matterseen s on s.told_id = t.id left join identity_user b on b.id = s.by_id
    where t.matter_id = %(id)s order by t.id
"""
_INSTRUCTION = """
    select i.id, i.hall_id, i.from_whom, i.words, i.received_at, u.name as recorded_by, i.due_on, n.at as done_at
    from escalation_instruction i join identity_user u on u.id = i.by_id
    left join escalation_instructionnote n on n.instruction_id = i.id and n.done
    where (%(halls)s::bigint[] is null or i.hall_id = any(%(halls)s)) and (i.id = %(id)s or %(id)s is null)
    order by n.at is not null, i.due_on, i.id desc limit %(limit)s
"""
_NOTES = """
    select n.words, n.done, u.name as by, n.at from escalation_instructionnote n join identity_user u on u.id = n.by_id
    where n.instruction_id = %(id)s order by n.id
"""


def level_of(by: Actor) -> Level:
    """Where this person stands: who handles matters in every hall is the department above."""
    if not by.may("matter.handle"):
        return Level.STAFF
    return Level.DEPARTMENT if by.halls is None else Level.MANAGER


def matters(*, by: Actor, limit: int, matter_id: int | None = None) -> list[Matter]:
    """What this person reported, and what their level was told; open ones first, emergencies before the rest."""
    level = level_of(by)
    asked = {
        "halls": by.scope.hall_list, "user": by.user_id, "levels": [int(level)] if level else [], "id": matter_id,
        "limit": limit,
    }  # fmt: skip
    return [_matter(row) for row in fetch_all(_MATTER, asked)]


def matter(matter_id: int, *, by: Actor) -> Matter:
    """One of them, or NotFound."""
    found = matters(by=by, limit=1, matter_id=matter_id)
    if not found:
        raise NotFound(what="这件上报", what_en="This matter")
    return found[0]


def told(matter_id: int) -> list[Told]:
    """Every level that was told, in order; the caller has read the matter."""
    return [Told(**{**row, "level": Level(row["level"])}) for row in fetch_all(_TOLD, {"id": matter_id})]


def instructions(*, limit: int, scope: Scope) -> list[Instruction]:
    """Instructions to these halls, open ones first, the soonest due first."""
    rows = fetch_all(_INSTRUCTION, {"halls": scope.hall_list, "id": None, "limit": limit})
    return [Instruction(**row) for row in rows]


def instruction(instruction_id: int, *, scope: Scope) -> Instruction:
    """One of them, or NotFound."""
    row = fetch_one(_INSTRUCTION, {"halls": scope.hall_list, "id": instruction_id, "limit": 1})
    if row is None:
        raise NotFound(what="这条指示", what_en="This instruction")
    return Instruction(**row)


def notes(instruction_id: int) -> list[Note]:
    """Its steps, in order; the caller has read the instruction."""
    return [Note(**row) for row in fetch_all(_NOTES, {"id": instruction_id})]


def _matter(row: dict[str, Any]) -> Matter:
    levels = {name: tuple(Level(level) for level in row[name]) for name in ("told", "seen")}
    return Matter(**{**row, **levels, "kind": Kind(row["kind"]), "start": Level(row["start"])})
