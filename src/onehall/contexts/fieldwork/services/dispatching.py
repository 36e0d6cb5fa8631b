"""From the sale to the installer's list."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from onehall.contexts.fieldwork import queries
from onehall.contexts.fieldwork.contracts import Contact, Material, NotSigned, Sign, State, Strokes, WorkOrder
from onehall.contexts.fieldwork.models import Assignment, Dispatch, DispatchSignature
from onehall.contexts.fieldwork.models import Material as MaterialRow
from onehall.contexts.fieldwork.models import WorkOrder as WorkOrderRow
from onehall.contexts.fieldwork.rules import evidence, may_sign_dispatch, must_be, refuse, strokes_present
from onehall.contexts.fieldwork.services.cases import locked
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text


@in_transaction
def issue_work_order(
    *,
    hall_id: int,
    order_id: int,
    party_id: int,
    dwelling_id: int,
    subscription_id: int | None,
    compound: str,
    kind: str,
    serial: str,
    account: str,
    contact: Contact,
    address: str,
    offering: Text,
    points: int,
    follow_up: bool,
    start_on: date | None,
    department: str,
    project_manager_id: int | None,
    accepted_at: datetime,
    dispatch_by: datetime,
    due_at: datetime,
    policy_version: int,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """开单 for one service order (WRK-01, WRK-03). `due_at` from `install_due`, `dispatch_by` from `dispatch_due`."""
    known = json.dumps({"name": contact.name, "phone": contact.phone}, ensure_ascii=False)
    row = WorkOrderRow.objects.create(
        hall_id=hall_id, order_id=order_id, party_id=party_id, dwelling_id=dwelling_id,
        subscription_id=subscription_id, compound=compound, kind=kind, serial=serial, account=account, contact=known,
        address=address, offering_zh=offering.zh, offering_en=offering.en, points=points, follow_up=follow_up,
        start_on=start_on, department=department, project_manager_id=project_manager_id, accepted_at=accepted_at,
        dispatch_by=dispatch_by, due_at=due_at, policy_version=policy_version, by_id=by.user_id,
    )  # fmt: skip
    return queries.work_order(row.pk, scope=by.scope)


@in_transaction
def renew_contact(*, party_ids: Sequence[int], contact: Contact) -> int:
    """Open cases of these records carry this name and telephone from now on; how many (CUS-03). Closed ones and papers stay."""
    known = json.dumps({"name": contact.name, "phone": contact.phone}, ensure_ascii=False)
    return WorkOrderRow.objects.filter(party_id__in=party_ids, closed_at=None).update(contact=known)


@in_transaction
def dispatch(*, work_order_id: int, project_manager_id: int, by: Actor, at: datetime) -> WorkOrder:
    """发单: enters the case in the register and hands it to the project manager (WRK-02)."""
    case = locked(work_order_id=work_order_id, by=by)
    refuse(must_be(case, State.TO_DISPATCH, step=Text("发单", "dispatch")))
    Dispatch.objects.create(
        work_order_id=case.id, project_manager_id=project_manager_id, by_id=by.user_id, at=at
    )
    return queries.work_order(case.id, scope=by.scope)


@in_transaction
def sign_dispatch(
    *, work_order_id: int, method: Sign, strokes: Strokes | None = None, by: Actor, at: datetime
) -> WorkOrder:
    """The project manager signs for the case: strokes, or a confirmation in the own session (WRK-02, LAW-32)."""
    case = locked(work_order_id=work_order_id, by=by)
    refuse(may_sign_dispatch(case, signer=by.user_id, method=method, session=by.session_id))
    if method not in (Sign.STROKES, Sign.CONFIRMED) or (
        method is Sign.STROKES and not strokes_present(strokes)
    ):
        raise NotSigned(field="signature", step="签收", step_en="signing for it")
    spelled, digest = evidence(
        case, what="dispatch", method=method, strokes=strokes, session=by.session_id, at=at
    )
    DispatchSignature.objects.create(
        work_order_id=case.id,
        method=method.value,
        evidence=spelled,
        evidence_sha256=digest,
        by_id=by.user_id,
        at=at,
    )
    return queries.work_order(case.id, scope=by.scope)


@in_transaction
def assign(*, work_order_id: int, installer_id: int, by: Actor, at: datetime) -> WorkOrder:
    """派工: who goes; may be changed until somebody is at the door."""
    case = locked(work_order_id=work_order_id, by=by)
    refuse(must_be(case, State.TO_VISIT, step=Text("派工", "assigning")))
    Assignment.objects.create(work_order_id=case.id, installer_id=installer_id, by_id=by.user_id, at=at)
    return queries.work_order(case.id, scope=by.scope)


@in_transaction
def establish_material(*, code: str, name: Text, unit: Text, free_quantity: int) -> Material:
    """Sets an entry of the catalogue of materials; called when a profile is installed, as often as one likes."""
    MaterialRow.objects.update_or_create(
        code=code,
        defaults={
            "name_zh": name.zh,
            "name_en": name.en,
            "unit_zh": unit.zh,
            "unit_en": unit.en,
            "free_quantity": free_quantity,
        },
    )
    return Material(code=code, name=name, unit=unit, free_quantity=free_quantity)
