"""Writing goods: one verb each, inside the caller's transaction."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError

from onehall.contexts.goods import queries, rules
from onehall.contexts.goods.contracts import AddOn, Principal, SerialSold, Settlement, Statement
from onehall.contexts.goods.models import AddOn as AddOnRow
from onehall.contexts.goods.models import Collected as CollectedRow
from onehall.contexts.goods.models import Handset as HandsetRow
from onehall.contexts.goods.models import Principal as PrincipalRow
from onehall.contexts.goods.models import Settlement as SettlementRow
from onehall.contexts.goods.rules import GoodsRefused
from onehall.foundation.database import in_transaction
from onehall.foundation.profiles import establish
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import HallId, OrderId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, local, month_of
from onehall.foundation.values.text import Text

_ALL = Scope.operator()


@in_transaction
def establish_principal(*, code: str, name: Text, account: str, at: datetime) -> None:
    """Adds somebody for whom money is collected, or corrects the name. Profiles call this."""
    values = {"name_zh": name.zh, "name_en": name.en, "account": account}
    establish(PrincipalRow, key={"code": code}, values=values, stamp={}, at=at)


@in_transaction
def start_add_on(
    *, order: OrderId, hall: HallId, subscription: SubscriptionId, offering: str, period: Period
) -> None:
    """A third party's service runs on a line for what was paid."""
    AddOnRow.objects.create(
        order_id=order, hall_id=hall, subscription_id=subscription, offering=offering, starts_at=period.start, ends_at=period.end
    )  # fmt: skip


@in_transaction
def end_add_on(*, add_on_id: int, at: datetime) -> AddOn:
    """Cancelled from now; what was paid is not given back. Raises NotFound, GoodsRefused where it has ended."""
    found = queries.add_on(add_on_id, scope=_ALL)
    ended = AddOnRow.objects.filter(pk=add_on_id, ended_at=None, ends_at__gt=at).update(ended_at=at)
    if not ended:
        raise GoodsRefused.because(
            Text("这项增值业务已经到期或退订，没有重复办理", "This service has ended or was cancelled already; nothing was done twice"),
            Text("请刷新页面查看。", "Reload the page."),
        )  # fmt: skip
    return queries.add_on(found.id, scope=_ALL)


@in_transaction
def take_back_add_on(*, order: OrderId, at: datetime) -> None:
    """The service goes with its sale; one that the customer cancelled before stays cancelled."""
    AddOnRow.objects.filter(order_id=order, ended_at=None).update(ended_at=at)


@in_transaction
def hand_out_handset(*, order: OrderId, hall: HallId, offering: str, serial: str, at: datetime) -> None:
    """A handset leaves the desk. Raises SerialSold."""
    try:
        HandsetRow.objects.create(order_id=order, hall_id=hall, offering=offering, serial=serial, sold_at=at)
    except IntegrityError as broken:
        if getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None) != "handset_in_one_hand":
            raise
        raise SerialSold(field="serial", serial=serial) from broken


@in_transaction
def take_back_handset(*, order: OrderId, at: datetime) -> None:
    """A handset comes back and may be sold again."""
    HandsetRow.objects.filter(order_id=order, returned_at=None).update(returned_at=at)


@in_transaction
def collect(
    *, order: OrderId, principal: Principal, hall: HallId, reference: str, amount: Money, at: datetime
) -> None:
    """Money that an order took for a principal: owed from now on."""
    CollectedRow.objects.create(
        order_id=order, principal_id=principal.id, hall_id=hall, reference=reference, amount=amount.fen, at=at
    )


@in_transaction
def give_back(*, order: OrderId, at: datetime) -> None:
    """The customer gets it back with the sale. Raises GoodsRefused where it was paid over to the principal already."""
    done = CollectedRow.objects.filter(order_id=order, given_back_at=None, settlement=None).update(
        given_back_at=at
    )
    if not done and CollectedRow.objects.filter(order_id=order).exists():
        raise GoodsRefused.because(
            Text("这笔代收款已经付给委托单位", "This money was paid over to the principal already"),
            Text("请客户向委托单位要求退款。", "The customer asks the principal for it."),
        )  # fmt: skip


@in_transaction
def settle(*, statement: Statement, shown: Money, transfer: str, by: Actor, at: datetime) -> Settlement:
    """Everything owed of the statement is paid over. What is given back at the same moment is in one of the two, never both.

    Raises SettlementRefused.
    """
    kept = rules.check_settlement(statement, shown=shown, transfer=transfer, today=local(at).date())
    until = month_of(statement.month).end
    row = SettlementRow.objects.create(
        principal_id=statement.principal.id, hall_id=statement.hall, month=statement.month, amount=shown.fen, transfer=kept,
        by_id=by.user_id, at=at,
    )  # fmt: skip
    items = CollectedRow.objects.filter(
        principal_id=statement.principal.id, hall_id=statement.hall, at__lt=until, given_back_at=None, settlement=None
    )  # fmt: skip
    items.update(settlement=row)
    paid = sum(CollectedRow.objects.filter(settlement=row).values_list("amount", flat=True))
    rules.check_settlement(
        replace(statement, due=Money(paid)), shown=shown, transfer=kept, today=local(at).date()
    )
    found = queries.settlements(principal=statement.principal, scope=by.scope)
    return next(one for one in found if one.id == row.pk)
