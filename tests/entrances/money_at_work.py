"""A drawer that was closed and its takings in a bag, another that was short, a charge that nobody confirmed: where all has happened once."""

from datetime import timedelta
from uuid import uuid4

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.clearing import api as clearing
from onehall.contexts.custody import api as custody
from onehall.contexts.goods import api as goods
from onehall.contexts.invoicing.contracts import InvoiceKind
from onehall.contexts.workforce import api as workforce
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BasketId, DrawerId, PartyId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import add_months, local
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.confirm_drawer import confirm_drawer
from onehall.journeys.count_drawer import count_drawer
from onehall.journeys.hand_in_drawer import hand_in_drawer
from onehall.journeys.propose_shortage import propose_shortage
from onehall.journeys.request_invoice import InvoiceAsked, request_invoice
from onehall.journeys.seal_bag import seal_bag
from onehall.journeys.settle_principal import Paid, settle_principal
from onehall.journeys.start_month_run import start_month_run
from onehall.journeys.take_bill import take_bill
from onehall.steps.goods import lines_of
from tests.cast import Cast
from tests.goods import chosen, handset, video, water
from tests.paper_trail import handed, keeper_named, received


def short_drawer(cast: Cast, manager: Actor, counter: str = "2", reason: str = "找零多付") -> DrawerId:
    """郑洁's drawer was 10.00 short; the manager confirmed it."""
    clerk = cast.clerk("0211", counter)
    for _ in range(2):
        count_drawer(intent=uuid4(), counted={10000: 4, 1000: 9}, by=clerk, at=cast.now)
    hand_in_drawer(intent=uuid4(), reason=reason, by=clerk, at=cast.now)
    drawer = custody.drawer_of_clerk(clerk.user_id, scope=Scope.operator())
    assert drawer is not None
    return confirm_drawer(
        drawer_id=drawer.id, confirm=True, note="", intent=uuid4(), by=manager, at=cast.now
    ).id


def shortage_at_work(cast: Cast, manager: Actor) -> int:
    """What the manager proposes about it."""
    return propose_shortage(
        drawer_id=short_drawer(cast, manager, reason="试"), cause=workforce.Cause.MISCOUNT, evidence="试", intent=uuid4(), by=manager,
        at=cast.now,
    ).id  # fmt: skip


def bag_at_work(cast: Cast, manager: Actor) -> int:
    """郑洁's drawer held 10.00 too much; the manager confirmed it and sealed the bag, which nobody signed yet."""
    clerk = cast.clerk("0211", "2")
    for _ in range(2):
        count_drawer(intent=uuid4(), counted={10000: 5, 1000: 1}, by=clerk, at=cast.now)
    hand_in_drawer(intent=uuid4(), reason="试", by=clerk, at=cast.now)
    drawer = custody.drawer_of_clerk(clerk.user_id, scope=Scope.operator())
    assert drawer is not None
    confirm_drawer(drawer_id=drawer.id, confirm=True, note="", intent=uuid4(), by=manager, at=cast.now)
    return seal_bag(drawers=[drawer.id], counted={1000: 1}, intent=uuid4(), by=manager, at=cast.now).id


def charge_at_work(cast: Cast, clerk: Actor, basket: BasketId) -> int:
    """Ten yuan of a basket that a customer is to pay by telephone."""
    charge, _ = ask_charge(
        basket_id=basket, provider=acquiring.Provider.WECHAT, way=acquiring.Way.SCANNED, amount=Money.yuan("10.00"), intent=uuid4(),
        by=clerk, at=cast.now,
    )  # fmt: skip
    return charge.id


def goods_at_work(cast: Cast, clerk: Actor, party: PartyId, manager: Actor) -> int:
    """A handset, two months of a film service and a water bill with one payment; the waterworks were paid a month later."""
    line = lines_of(party, scope=Scope.operator())[0]
    cast.pay(clerk, chosen(cast, clerk, party, handset(), water(), video(line)).id)
    paid = Paid(clerk.hall_id, local(cast.now).date().replace(day=1), Money.yuan("86.40"), "6601")
    settle_principal(code="water", paid=paid, intent=uuid4(), by=manager, at=add_months(cast.now, 1))
    return goods.add_ons([line.id], scope=Scope.operator())[0].id


def difference_at_work(cast: Cast) -> int:
    """The provider's file of yesterday names five yuan that no hall knows of."""
    at = cast.now - timedelta(days=1)
    row = clearing.Row(clearing.Kind.CHARGE, "stranger", "42stranger", Money(500), Money(3), at)
    take_bill(file=clearing.File("wechat", at.date(), f"m-{at:%Y%m%d}", (row,)), by=None, at=cast.now)
    hall = cast.sign_in("0201").hall_id
    (one,) = clearing.differences(hall, settled=False, limit=9, scope=Scope.operator())
    return one.id


def month_at_work(cast: Cast, manager: Actor) -> int:
    """The month before this one, tried by the manager and approved by nobody: no line was called from."""
    month = (local(cast.now).date().replace(day=1) - timedelta(days=1)).replace(day=1)
    return start_month_run(month=month, by=manager, at=cast.now).id


def invoice_at_work(cast: Cast, clerk: Actor) -> int:
    """Another sale, whose invoice on paper is still to be made."""
    paid = cast.new_line(clerk, "702", "bb4-month")
    asked = InvoiceAsked(title="试试", receipt=paid.receipt_number, kind=InvoiceKind.PAPER)
    return request_invoice(payment_id=paid.payment_id, asked=asked, intent=uuid4(), by=clerk, at=cast.now).id


def papers_at_work(cast: Cast, manager: Actor) -> dict[str, int]:
    """Papers that headquarters handed to the hall's keeper, who has yet to count them; a bag, and a month's trial of telephones."""
    keeper_named(cast)
    lot = received(cast)
    sealed = {"bag": bag_at_work(cast, manager), "month_run": month_at_work(cast, manager)}
    return {"lot": lot.id, "draw": handed(cast, lot).id, **sealed}
