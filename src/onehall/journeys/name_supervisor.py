"""指定客户经理 Name who is responsible for an organisation's account (CUS-07)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import PartyId


def name_supervisor(*, party_id: PartyId, supervisor_id: int, by: Actor, at: datetime) -> None:
    """`supervisor_id` is the user of somebody of this hall. OnlyOrganisations; NotFound for anybody else."""
    with transaction():
        by.require("customer.rank")
        root = customers.customer_in_service(party_id=party_id, by=by)
        staff = {one.user_id for one in organisation.people(scope=by.scope, hall_id=by.hall_id)}
        if supervisor_id not in staff:
            raise NotFound(what="本厅的这位员工", what_en="This person of the hall", field="supervisor")
        customers.name_supervisor(party_id=root, supervisor_id=supervisor_id, by=by, at=at)
        record(
            action="customer.supervisor_named", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at,
            rule="CUS-07", details={"supervisor": supervisor_id},
        )  # fmt: skip
        publish(topic="customers.standing", hall_id=by.hall_id, at=at, payload={"party_id": root})
