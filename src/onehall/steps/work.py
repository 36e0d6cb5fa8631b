"""Work orders that a sale brings, and takes along when it is voided (CAT-10, WRK-01, WRK-03)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.period import local
from onehall.steps.settlement import WorkToDo
from onehall.steps.work_calendar import work_calendar


def issue_work(
    *, party_id: PartyId, work: Sequence[WorkToDo], book: PolicyBook, by: Actor, at: datetime
) -> tuple[fieldwork.WorkOrder, ...]:
    """One work order for each service that needs a visit, in the department of its compound."""
    if not work:
        return ()
    who = customers.on_paper(party_id, scope=by.scope)
    calendar = work_calendar(by.hall_id, at=at)
    issued = []
    for job in work:
        department = organisation.department_of_compound(job.compound, scope=by.scope)
        issued.append(
            fieldwork.issue_work_order(
                hall_id=by.hall_id,
                order_id=job.order_id,
                party_id=party_id,
                dwelling_id=job.dwelling_id,
                subscription_id=job.subscription_id,
                compound=job.compound,
                kind=job.kind,
                serial=job.serial,
                account=job.account,
                contact=fieldwork.Contact(who.name, who.phone),
                address=customers.premises(job.dwelling_id, scope=by.scope).label,
                offering=job.offering,
                follow_up=job.follow_up,
                points=job.quantity if job.kind == "additional_point" else 0,
                start_on=local(job.starts_at).date() if job.starts_at else None,
                department=department.name.zh,
                project_manager_id=department.project_manager_user,
                accepted_at=at,
                dispatch_by=fieldwork.dispatch_due(at, by_minute=book[fieldwork.DISPATCH_BY_MINUTE]),
                due_at=fieldwork.install_due(
                    at, working_days=book[fieldwork.INSTALL_WORKING_DAYS], calendar=calendar
                ),
                policy_version=book.version,
                by=by,
                at=at,
            )
        )
    return tuple(issued)


def withdraw_work(
    *, voided: Sequence[orders.Order], reason: str, by: Actor, at: datetime, approved: bool = False
) -> None:
    """Takes back the work orders of a voided sale; WrongState once an installer has begun, unless that was `approved`."""
    for order in voided:
        case = fieldwork.work_order_of(order.id, scope=by.scope)
        if case is not None:
            fieldwork.withdraw_work_order(
                work_order_id=case.id, reason=reason, approved=approved, by=by, at=at
            )
