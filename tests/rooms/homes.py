"""Dwellings of 馨苑, what is sold there, and two clerks who press at the same instant."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import TypeVar

from django.db import connections

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import transaction
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import OrderId, PremisesId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from tests.rooms.till import NOON, Till

T = TypeVar("T")
ALL = Scope.operator()


def homes(*rooms: str) -> list[PremisesId]:
    """Rooms of building 1, unit 2. Inside a transaction."""
    customers.establish_compound(code="dw", name="馨苑", name_en="Xinyuan", by=None, at=NOON)
    customers.establish_premises(
        compound="dw", dwellings=[("1", "2", room) for room in rooms], by=None, at=NOON
    )
    return [
        customers.dwelling(compound="dw", building="1", unit="2", room=room, scope=ALL).id for room in rooms
    ]


def item(
    amount: str = "560.00", business: str = "renewal", home: PremisesId | None = None
) -> orders.ItemDraft:
    """A priced line."""
    return orders.ItemDraft(
        business=business, offering="bb10-year", price_version=1, name=Text("宽带10M包年", "Broadband 10M, one year"),
        quantity=1, amount=Money.yuan(amount), revenue_account="220301", dwelling_id=home, rules=("CHG-01",),
        details={"serial": "DW20261121001"},
    )  # fmt: skip


def bought(order: OrderId | None = None, months: int = 12) -> subscriptions.Bought:
    """A year of broadband."""
    return subscriptions.Bought(
        order_id=order,
        offering="bb10-year",
        price_version=1,
        price=Money.yuan("680.00"),
        months=months,
        policy_version=1,
    )


def new_line(
    desk: Till, home: PremisesId, starts: datetime, account: str = "dw0120502", serial: str = "DW20261121001",
    months: int = 12,
) -> subscriptions.NewSubscription:  # fmt: skip
    """Broadband that 王建国 takes at a dwelling."""
    return subscriptions.NewSubscription(
        party_id=desk.party, dwelling_id=home, kind="broadband", account_name=account, serial=serial, starts_at=starts,
        bought=bought(months=months),
    )  # fmt: skip


def at_the_same_instant(acts: Iterable[Callable[[], T]]) -> list[T | str]:
    """Each act in a transaction and thread of its own, begun together; a refusal counts as its code."""
    chosen = list(acts)
    start = Barrier(len(chosen))

    def run(act: Callable[[], T]) -> T | str:
        try:
            with transaction():
                start.wait(timeout=10)
                return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(chosen)) as pool:
        return list(pool.map(run, chosen))
