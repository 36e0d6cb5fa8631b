"""The case that a verb works on."""

from onehall.contexts.fieldwork import queries
from onehall.contexts.fieldwork.contracts import WorkOrder
from onehall.contexts.fieldwork.models import WorkOrder as WorkOrderRow
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor


@in_transaction
def locked(*, work_order_id: int, by: Actor) -> WorkOrder:
    """The case as it stands, nobody else moving it meanwhile; NotFound outside the person's halls."""
    WorkOrderRow.objects.select_for_update().filter(pk=work_order_id).values_list("pk").first()
    return queries.work_order(work_order_id, scope=by.scope)
