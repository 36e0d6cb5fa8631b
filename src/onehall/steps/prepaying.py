"""A prepaid balance's way through a sale: paid in with a basket, spent by a payment, and back when either is undone (PAY-03, LED-03)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from onehall.contexts.balances import api as balances
from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId, PaymentId
from onehall.foundation.values.money import Money

DEPOSIT = "deposit"
"""The kind of business."""
OFFERING = "balance-deposit"
_ALL = Scope.operator()


def drafted_deposit(amount: Money, offering: catalogue.Offering) -> orders.ItemDraft:
    """The deposit as it stands in a basket: of no dwelling, on the account of what was paid in beforehand."""
    return orders.ItemDraft(
        business=DEPOSIT, offering=OFFERING, price_version=0, name=offering.name, quantity=1, amount=amount,
        revenue_account=offering.revenue_account, dwelling_id=None, subscription_id=None, rules=("PAY-03",), details={},
    )  # fmt: skip


def records_of(party: PartyId) -> list[PartyId]:
    """All records of the customer, merged ones among them: their balances are one."""
    return customers.groups([party], scope=_ALL)[party]


def left_to(party: PartyId) -> Money:
    """What the customer has left."""
    return balances.balance_of(records_of(party), scope=_ALL)


def with_balance(others: Mapping[ledger.Means, Money], balance: Money) -> dict[ledger.Means, Money]:
    """The means of a payment with what the balance pays of it. Raises BalanceRefused for less than nothing."""
    if balance < Money.zero():
        raise balances.BalanceRefused(
            field="balance", why="用余额付的金额不能小于零", why_en="What the balance pays is not less than nothing",
            do="请填用余额付多少；不用余额的请另选付款方式。", do_en="Type how much the balance pays, or choose another means.",
        )  # fmt: skip
    return {**others, ledger.Means.PREPAID: balance} if balance else dict(others)


def spend(
    amount: Money, *, settlement: orders.Settlement, payment: PaymentId, by: Actor, at: datetime
) -> None:
    """What a payment takes from the balance, never for a deposit. Raises BalanceRefused where less is left."""
    if not amount:
        return
    if deposits_of(settlement.orders):
        raise balances.BalanceRefused(
            field="balance", why="预存不能用余额付", why_en="A deposit is not paid from the balance", do="请收现金或其他方式，或分两张受理单办。",
            do_en="Take another means, or make two baskets.",
        )  # fmt: skip
    records = records_of(settlement.party_id)
    balances.spend(parties=records, payment=payment, amount=amount, hall=by.hall_id, by=by, at=at)


def deposits_of(some: Sequence[orders.Order]) -> list[orders.Order]:
    """The deposits among these orders."""
    return [order for order in some if order.business == DEPOSIT]


def pay_in(*, sold: Sequence[orders.Order], by: Actor, at: datetime) -> None:
    """Each paid deposit counts on its customer's balance."""
    for order in deposits_of(sold):
        party = customers.root(order.party_id, scope=_ALL)
        balances.deposit(party=party, order=order.id, amount=order.amount, hall=by.hall_id, by=by, at=at)


def take_back_deposits(*, voided: Sequence[orders.Order], by: Actor, at: datetime) -> None:
    """The deposits of an undone sale leave the balance. Raises BalanceRefused where they were used."""
    for order in deposits_of(voided):
        balances.take_back_deposit(order=order.id, hall=by.hall_id, by=by, at=at)
