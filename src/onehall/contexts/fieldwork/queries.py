"""Reading cases. Lists carry contacts masked; what a person works from carries them in clear."""

import base64
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from onehall.contexts.fieldwork.contracts import (
    Call,
    CallOutcome,
    Contact,
    Facts,
    LineTest,
    Material,
    MaterialUse,
    Page,
    State,
    Visit,
    WorkOrder,
)
from onehall.contexts.fieldwork.rules import masked, stage_of
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.period import day_of
from onehall.foundation.values.text import Text
from onehall.foundation.vault import decrypt

CONTACT = "fieldwork_workorder.contact"
HANDLED = "fieldwork_followupcall.handled"
"""What the encrypted columns are bound to."""

_CASE = """
    select c.*, w.contact, h.name as handed_by, m.name as project_manager, i.name as installer
    from pub_fieldwork_work_order c
    join fieldwork_workorder w on w.id = c.id
    left join identity_user h on h.id = c.handed_by_id
    left join identity_user m on m.id = c.project_manager_id
    left join identity_user i on i.id = c.installer_id
    where (%(halls)s::bigint[] is null or c.hall_id = any(%(halls)s))
"""

_BOARD = f"""{_CASE}
    and (%(hall)s::bigint is null or c.hall_id = %(hall)s)
    and (%(state)s = '' or c.state = %(state)s)
    and (%(compound)s = '' or c.compound = %(compound)s)
    and (%(find)s = '' or c.serial like %(find)s or c.account like %(find)s)
    and (c.closed_at is not null) = %(closed)s
    and (%(last)s::bigint is null or (c.due_at, c.id) > (%(due_at)s, %(last)s))
    order by c.due_at, c.id limit %(limit)s
"""
_FOLLOW_UPS = f"""{_CASE}
    and c.id in (select work_order_id from fieldwork_followup where passed_at is null)
    and c.closed_at is null and (%(hall)s::bigint is null or c.hall_id = %(hall)s)
    and (not %(due_only)s or c.follow_up_due <= %(at)s)
    order by c.follow_up_due, c.tries, c.id limit %(limit)s
"""  # noqa: S608 - constant text


def work_order(work_order_id: int, *, scope: Scope) -> WorkOrder:
    """One case with its contact in clear; raises NotFound, also for another hall's."""
    row = fetch_one(f"{_CASE} and c.id = %(id)s", {"id": work_order_id, "halls": scope.hall_list})
    if row is None:
        raise NotFound(what="这张工单", what_en="This work order")
    return _case(row)


def work_order_of(order_id: int, *, scope: Scope) -> WorkOrder | None:
    """The case of a service order; None where the service needs no visit."""
    row = fetch_one(f"{_CASE} and c.order_id = %(id)s", {"id": order_id, "halls": scope.hall_list})
    return _case(row) if row else None


def open_work_of(*, subscription_id: int, scope: Scope) -> str:
    """The serial, or else the account, of a case of this subscription that is not finished; "" where there is none."""
    row = fetch_one(
        "select coalesce(nullif(serial, ''), account) as name from pub_fieldwork_work_order c"
        " where subscription_id = %(id)s and finished_at is null and closed_at is null"
        " and (%(halls)s::bigint[] is null or c.hall_id = any(%(halls)s)) order by c.id limit 1",
        {"id": subscription_id, "halls": scope.hall_list},
    )
    return str(row["name"]) if row else ""


def board(
    *,
    scope: Scope,
    hall_id: int | None = None,
    state: State | None = None,
    compound: str = "",
    find: str = "",
    closed: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Open cases by limit (or closed ones), the most urgent first; `find` begins a serial or an account."""
    due_at, last = _cursor(after)
    rows = fetch_all(
        _BOARD,
        {
            "halls": scope.hall_list, "hall": hall_id, "state": state.value if state else "", "compound": compound,
            "find": _prefix(find), "closed": closed, "due_at": due_at, "last": last, "limit": limit + 1,
        },
    )  # fmt: skip
    items = tuple(_masked(row) for row in rows[:limit])
    return Page(items, _after(items[-1]) if len(rows) > limit else None)


def counts(*, scope: Scope, hall_id: int | None = None) -> dict[State, int]:
    """How many open cases wait for what."""
    rows = fetch_all(
        "select state, count(*) as number from pub_fieldwork_work_order c where closed_at is null"
        " and (%(halls)s::bigint[] is null or c.hall_id = any(%(halls)s))"
        " and (%(hall)s::bigint is null or c.hall_id = %(hall)s) group by state",
        {"halls": scope.hall_list, "hall": hall_id},
    )
    return {State(row["state"]): row["number"] for row in rows}


def installer_day(installer_id: int, *, day: date, scope: Scope) -> list[WorkOrder]:
    """What an installer has before them, and what they finished on `day`; contacts in clear, by address."""
    span = day_of(day)
    rows = fetch_all(
        f"""{_CASE} and c.id in (select work_order_id from fieldwork_assignment where installer_id = %(installer)s)
        and c.installer_id = %(installer)s
        and (c.state in ('to_visit', 'in_work')
             or (c.finished_at >= %(start)s and c.finished_at < %(end)s and c.withdrawn_at is null))
        order by (c.state = 'in_work') desc, c.finished_at nulls first, c.compound, c.address""",  # noqa: S608 - constant text
        {"installer": installer_id, "start": span.start, "end": span.end, "halls": scope.hall_list},
    )
    return [_case(row) for row in rows]


def dispatch_register(*, hall_id: int, day: date, scope: Scope) -> list[WorkOrder]:
    """发单登记表 of a day: what was taken that day or handed over that day, in order of acceptance (WRK-02, WRK-03)."""
    span = day_of(day)
    rows = fetch_all(
        f"""{_CASE} and c.hall_id = %(hall)s
        and ((c.accepted_at >= %(start)s and c.accepted_at < %(end)s)
             or c.id in (select work_order_id from fieldwork_dispatch where at >= %(start)s and at < %(end)s))
        order by c.accepted_at, c.id""",  # noqa: S608 - constant text
        {"hall": hall_id, "start": span.start, "end": span.end, "halls": scope.hall_list},
    )
    return [_masked(row) for row in rows]


def follow_up_queue(
    *, scope: Scope, at: datetime, hall_id: int | None = None, due_only: bool = False, limit: int = 100
) -> list[WorkOrder]:
    """Calls that are owed: the longest due first, among equals the ones tried least; contacts masked (SEC-07)."""
    rows = fetch_all(
        _FOLLOW_UPS,
        {"halls": scope.hall_list, "hall": hall_id, "due_only": due_only, "at": at, "limit": limit},
    )
    return [_masked(row) for row in rows]


def calls(work_order_id: int, *, scope: Scope) -> list[Call]:
    """Every try of a follow-up, oldest first."""
    rows = fetch_all(
        "select k.at, u.name as by, k.outcome, k.satisfaction, k.handled from fieldwork_followupcall k"
        " join fieldwork_followup f on f.work_order_id = k.follow_up_id join identity_user u on u.id = k.by_id"
        " where k.follow_up_id = %(id)s and (%(halls)s::bigint[] is null or f.hall_id = any(%(halls)s)) order by k.id",
        {"id": work_order_id, "halls": scope.hall_list},
    )
    return [
        Call(
            at=row["at"],
            by=row["by"],
            outcome=CallOutcome(row["outcome"]),
            satisfaction=row["satisfaction"],
            handled=decrypt(bytes(row["handled"]), context=HANDLED),
        )
        for row in rows
    ]


def visits(work_order_id: int, *, scope: Scope) -> list[Visit]:
    """Every visit with its last line test and its materials, oldest first."""
    rows = fetch_all(
        """select v.id, u.name as installer, v.started_at, e.at as ended_at, e.done, coalesce(e.points, 0) as points,
               coalesce(e.note, '') as note, coalesce(encode(e.evidence_sha256, 'hex'), '') as signature_sha256,
               t.down_kbps, t.up_kbps, t.loss_permille, t.note as test_note,
               coalesce((select jsonb_agg(jsonb_build_object('code', m.code, 'quantity', x.quantity, 'own', x.own)
                                         order by x.id)
                         from fieldwork_materialuse x join fieldwork_material m on m.id = x.material_id
                         where x.visit_id = v.id), '[]') as materials
        from fieldwork_visit v
        join fieldwork_workorder w on w.id = v.work_order_id
        join identity_user u on u.id = v.installer_id
        left join fieldwork_visitend e on e.visit_id = v.id
        left join lateral (select * from fieldwork_linetest where visit_id = v.id order by id desc limit 1) t on true
        where v.work_order_id = %(id)s and (%(halls)s::bigint[] is null or w.hall_id = any(%(halls)s)) order by v.id""",
        {"id": work_order_id, "halls": scope.hall_list},
    )
    return [_visit(row) for row in rows]


def materials(*, scope: Scope) -> dict[str, Material]:
    """The catalogue of materials by code."""
    del scope  # the operator's catalogue is every hall's
    rows = fetch_all("select * from fieldwork_material order by code")
    return {
        row["code"]: Material(
            code=row["code"],
            name=Text(row["name_zh"], row["name_en"]),
            unit=Text(row["unit_zh"], row["unit_en"]),
            free_quantity=row["free_quantity"],
        )
        for row in rows
    }


def _case(row: Mapping[str, Any]) -> WorkOrder:
    facts = Facts(**{item.name: row[item.name] for item in fields(Facts)})
    known = {item.name: row[item.name] for item in fields(WorkOrder) if item.name in row}
    return WorkOrder(
        **{
            **known,
            "contact": Contact(**json.loads(decrypt(bytes(row["contact"]), context=CONTACT))),
            "offering": Text(row["offering_zh"], row["offering_en"]),
            "facts": facts,
            "state": State(row["state"]),
            "stage": stage_of(facts),
            "handed_by": row["handed_by"] or "",
            "project_manager": row["project_manager"] or "",
            "installer": row["installer"] or "",
            "tries": row["tries"] or 0,
        }
    )


def _masked(row: Mapping[str, Any]) -> WorkOrder:
    case = _case(row)
    return replace(case, contact=masked(case.contact))


def _visit(row: dict[str, Any]) -> Visit:
    test = None
    if row["down_kbps"] is not None:
        test = LineTest(row["down_kbps"], row["up_kbps"], row["loss_permille"], row["test_note"])
    return Visit(
        id=row["id"],
        installer=row["installer"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        done=row["done"],
        points=row["points"],
        note=row["note"],
        test=test,
        materials=tuple(MaterialUse(**use) for use in row["materials"]),
        signature_sha256=row["signature_sha256"],
    )


def _prefix(find: str) -> str:
    wild = find.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{wild}%" if wild else ""


def _after(case: WorkOrder) -> str:
    return base64.urlsafe_b64encode(f"{case.due_at.isoformat()}|{case.id}".encode()).decode()


def _cursor(after: str | None) -> tuple[datetime | None, int | None]:
    """A cursor that somebody made up starts the list again."""
    try:
        due_at, _, last = base64.urlsafe_b64decode(after or "").decode().partition("|")
        return datetime.fromisoformat(due_at), int(last)
    except ValueError:
        return None, None
