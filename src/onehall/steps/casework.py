"""What every step of a work order does beside the step itself: leave a line in the audit trail and tell the open screens;
and what a corrected telephone does to the work that is open."""

from collections.abc import Mapping
from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId


def announce(
    case: fieldwork.WorkOrder,
    *,
    happened: str,
    rule: str,
    by: Actor,
    at: datetime,
    policy_version: int | None = None,
    details: Mapping[str, object] | None = None,
) -> None:
    """Records `work.<happened>` and publishes it under the same name (SEC-09, WRK-11); ids and codes only."""
    record(
        action=f"work.{happened}", subject="work_order", subject_id=case.id, hall_id=case.hall_id, by=by, at=at,
        rule=rule, policy_version=policy_version,
        details={"serial": case.serial, "state": case.state.value, **(details or {})},
    )  # fmt: skip
    publish(
        topic=f"work.{happened}",
        hall_id=case.hall_id,
        at=at,
        payload={"work_order": case.id, "state": case.state.value},
    )


def tell_installers(party_id: PartyId) -> None:
    """Whoever is on the way calls the number that is right: open work in any hall, under any merged record (CUS-03)."""
    everywhere = Scope.operator()
    who = customers.on_paper(party_id, scope=everywhere)
    members = customers.groups([party_id], scope=everywhere)[party_id]
    fieldwork.renew_contact(party_ids=members, contact=fieldwork.Contact(who.name, who.phone))
