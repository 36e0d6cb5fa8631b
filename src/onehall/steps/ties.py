"""What still binds the hall to a customer, read across the rooms: why a deletion may have to wait (REC-02)."""

from onehall.contexts.balances import api as balances
from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.text import Text

OBSTACLES = {
    customers.Obstacle.LEGAL_HOLD: Text("有法律保留", "a legal hold stands"),
    customers.Obstacle.LIVE_LINE: Text("还有在用业务", "a service runs"),
    customers.Obstacle.UNFINISHED: Text("有没办完的受理单", "a basket is unfinished"),
    customers.Obstacle.WORK: Text("有没做完的工单", "work is not finished"),
    customers.Obstacle.BALANCE: Text("预存余额没有用完", "money is left on the balance"),
    customers.Obstacle.RETENTION: Text("还在规定的保存期内", "the records must still be kept"),
}
_OVER = (fieldwork.State.ARCHIVED, fieldwork.State.WITHDRAWN)


def ties_of(party_id: PartyId) -> customers.Ties:
    """Of the customer with every record merged into theirs, in all halls."""
    everywhere = Scope.operator()
    members = customers.groups([party_id], scope=everywhere)[party_id]
    lines = [
        one for member in members for one in subscriptions.subscriptions_of(party_id=member, scope=everywhere)
    ]
    sold = [one for member in members for one in orders.orders_of(party_id=member, scope=everywhere)]
    work = [case for one in sold if (case := fieldwork.work_order_of(one.id, scope=everywhere))]
    moments = [one.accepted_at for one in sold] + [line.ended_at for line in lines if line.ended_at]
    return customers.Ties(
        live_lines=sum(line.ended_at is None for line in lines),
        unfinished=len(orders.unfinished_baskets(party_ids=members, scope=everywhere)),
        open_work=sum(case.state not in _OVER for case in work),
        held=bool(customers.legal_hold(party_id, scope=everywhere)),
        last_business=max(moments, default=None),
        balance=bool(balances.balance_of(members, scope=everywhere)),
    )
