"""At the customer's door."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.fieldwork import queries
from onehall.contexts.fieldwork.contracts import (
    LineTest,
    MaterialUse,
    NotYourWork,
    Sign,
    State,
    Strokes,
    WorkOrder,
)
from onehall.contexts.fieldwork.models import LineTest as LineTestRow
from onehall.contexts.fieldwork.models import Material, Visit, VisitEnd
from onehall.contexts.fieldwork.models import MaterialUse as MaterialUseRow
from onehall.contexts.fieldwork.rules import (
    check_materials,
    check_test,
    check_tested,
    evidence,
    may_start_visit,
    must_be,
    refuse,
    signature_problem,
)
from onehall.contexts.fieldwork.services.cases import locked
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import VisitId
from onehall.foundation.values.text import Text


@in_transaction
def start_visit(*, work_order_id: int, by: Actor, at: datetime) -> WorkOrder:
    """上门: the assigned installer begins."""
    case = locked(work_order_id=work_order_id, by=by)
    refuse(may_start_visit(case, installer=by.user_id))
    Visit.objects.create(work_order_id=case.id, installer_id=by.user_id, started_at=at)
    return queries.work_order(case.id, scope=by.scope)


@in_transaction
def record_test(*, work_order_id: int, test: LineTest, by: Actor, at: datetime) -> WorkOrder:
    """线路测试; may be repeated, the last one counts."""
    case, visit_id = _in_work(work_order_id, by=by, step=Text("测线", "testing"))
    refuse(check_test(test))
    LineTestRow.objects.create(
        visit_id=visit_id,
        down_kbps=test.down_kbps,
        up_kbps=test.up_kbps,
        loss_permille=test.loss_permille,
        note=test.note,
        by_id=by.user_id,
        at=at,
    )
    return queries.work_order(case.id, scope=by.scope)


@in_transaction
def finish_visit(
    *,
    work_order_id: int,
    points: int,
    materials: Sequence[MaterialUse],
    method: Sign | None,
    strokes: Strokes | None,
    note: str,
    return_by: datetime,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """完工: tested, materials entered, signed by the customer (WRK-02, WRK-04); `return_by` from `return_due`."""
    case, visit_id = _in_work(work_order_id, by=by, step=Text("完工", "finishing"))
    refuse(signature_problem(method, strokes, step=Text("完工", "finishing")))
    refuse(check_materials(materials, queries.materials(scope=Scope.operator())))
    refuse(check_tested(LineTestRow.objects.filter(visit_id=visit_id).exists()))
    _use(visit_id, materials)
    signed = method or Sign.PAPER
    spelled, digest = evidence(
        case, what="visit", method=signed, strokes=strokes, session=by.session_id, at=at
    )
    return _end(
        case, visit_id, by=by, at=at, done=True, points=points, note=note, method=signed.value, evidence=spelled,
        evidence_sha256=digest, return_by=return_by,
    )  # fmt: skip


@in_transaction
def abandon_visit(*, work_order_id: int, note: str, by: Actor, at: datetime) -> WorkOrder:
    """Nobody at home, or something missing: the visit ends, the case waits for another one."""
    case, visit_id = _in_work(work_order_id, by=by, step=Text("结束上门", "ending the visit"))
    return _end(case, visit_id, by=by, at=at, done=False, note=note)


def _end(case: WorkOrder, visit_id: VisitId, *, by: Actor, at: datetime, **facts: object) -> WorkOrder:
    Visit.objects.filter(pk=visit_id, open=True).update(open=False)
    VisitEnd.objects.create(visit_id=visit_id, work_order_id=case.id, by_id=by.user_id, at=at, **facts)
    return queries.work_order(case.id, scope=by.scope)


def _use(visit_id: VisitId, materials: Sequence[MaterialUse]) -> None:
    known = dict(Material.objects.filter(code__in=[use.code for use in materials]).values_list("code", "pk"))
    MaterialUseRow.objects.bulk_create(
        MaterialUseRow(visit_id=visit_id, material_id=known[use.code], quantity=use.quantity, own=use.own)
        for use in materials
    )


def _in_work(work_order_id: int, *, by: Actor, step: Text) -> tuple[WorkOrder, VisitId]:
    case = locked(work_order_id=work_order_id, by=by)
    refuse(must_be(case, State.IN_WORK, step=step))
    if case.visit_id is None or case.facts.installer_id != by.user_id:
        raise NotYourWork(serial=case.serial, who=case.installer, step=step.zh, step_en=step.en)
    return case, case.visit_id
