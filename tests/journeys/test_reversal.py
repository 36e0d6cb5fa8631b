"""An earlier sale taken back whole: asked for, agreed by another person, dated today, with its paper (RCP-01, SEC-04)."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from onehall.contexts.custody import api as custody
from onehall.contexts.fieldwork.api import State
from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.documents.queries import document, documents_of
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of
from onehall.journeys.decide_approval import decide_approval
from onehall.journeys.move_cash import move_cash
from onehall.journeys.reverse_sale import ReversalAsked, SaleReversed, reverse_sale
from onehall.journeys.take_payment import PaymentTaken
from onehall.readings.day_books import differences, stubs, three_way
from onehall.readings.verification import verify_money
from onehall.steps.reversing import ReversalAwaited
from tests.cast import Cast, count, dwelling, receipt_of, work_of
from tests.journeys.at_once import at_once, sound
from tests.journeys.test_month_close import done

EVERYWHERE = Scope.operator()
WHY = "重复收费"


def reverse(
    cast: Cast, paid: int, by: Actor, approval: int | None, copies: int = 2, intent: UUID | None = None
) -> SaleReversed:
    asked = ReversalAsked(WHY, copies, approval)
    return reverse_sale(payment_id=paid, asked=asked, intent=intent or uuid4(), by=by, at=cast.now)  # type: ignore[arg-type]


def asked(cast: Cast, paid: PaymentTaken | int, by: Actor, intent: UUID | None = None) -> int:
    """The number of the request that was filed."""
    number = paid if isinstance(paid, int) else paid.payment_id
    with pytest.raises(ReversalAwaited) as awaited:
        reverse(cast, number, by, None, intent=intent)
    return int(awaited.value.facts["number"])


def agreed(cast: Cast, paid: PaymentTaken | int, by: Actor, decider: str = "0201") -> int:
    """Asked for by this clerk, approved by the manager."""
    number = asked(cast, paid, by)
    decide_approval(
        request_id=number, approve=True, note="", intent=uuid4(), by=cast.sign_in(decider), at=cast.now
    )
    return number


def next_day(cast: Cast, offering: str = "bb4-month") -> tuple[PaymentTaken, Actor]:
    """李敏 sold a month yesterday; 郑洁 is at counter 4 with her drawer open."""
    paid = cast.new_line(cast.clerk(), offering=offering)
    cast.later(days=1)
    return paid, cast.clerk("0211", "4")


def cash_of(by: Actor) -> Money:
    drawer = custody.drawer_of_clerk(by.user_id, scope=EVERYWHERE)
    assert drawer is not None
    return custody.drawer_balance(drawer.id, scope=EVERYWHERE)


def nothing_happened(paid: PaymentTaken) -> None:
    assert count("ledger_reversal") == count("orders_ordervoid") == count("invoicing_redreceipt") == 0
    assert receipt_of(paid).voided_at is None
    assert count("custody_drawerentry", "kind = 'refund'") == 0


@pytest.mark.rule("RCP-01", "LED-01", "LED-02", "CSH-03")
def test_with_the_customers_copy_gone_a_red_receipt_undoes_the_whole_sale_today(cast: Cast) -> None:
    paid, colleague = next_day(cast)
    first = receipt_of(paid)
    number = agreed(cast, paid, colleague)
    back = reverse(cast, paid.payment_id, colleague, number)
    assert (back.amount, back.void) == (Money.yuan("60"), ()) and back.red
    (red,) = invoicing.red_receipts([first.id], scope=EVERYWHERE)
    assert (red.number, red.amount, red.copies, red.reason) == (back.red, Money.yuan("-60"), 3, WHY)
    assert red.book != first.book and red.counter == colleague.counter_id, "from the book of who pays back"
    assert receipt_of(paid).voided_at is None, "the first is not void: its copy is with the customer"
    assert back.document_id is not None
    paper = document(back.document_id, scope=EVERYWHERE)
    assert (paper.serial, paper.content["total"]["fen"]) == (red.number, -6000)
    assert paper.content["total"]["capitals"] == "负陆拾元整" and first.number in paper.content["remark"]

    assert cash_of(colleague) == Money.yuan("440"), "out of the drawer of who pays back"
    assert fetch_all("select at from ledger_batch where kind = 'reversal'") == [{"at": cast.now}]
    assert fetch_all("select sum(amount) as sum from ledger_posting") == [{"sum": 0}]
    assert subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE) == ()
    (order,) = orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)
    assert order.state is orders.OrderState.VOID and work_of(paid).state is State.WITHDRAWN
    today = {"hall": colleague.hall_id, "span": day_of(cast.now.date()), "scope": EVERYWHERE}
    assert differences(**today, limit=9) == ()
    (line,) = three_way(**today)
    assert (line.counter, line.clerk, line.account, line.cash, line.stubs) == (
        "4", "郑洁", *[Money.yuan("-60")] * 3,
    )  # fmt: skip
    told = stubs(**today)
    assert (told.issued, told.void, told.red, told.first, told.last) == (1, 0, 1, red.number, red.number)
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()
    (entry,) = trail(scope=EVERYWHERE, limit=9, action="sale.reversed")
    assert entry.details["approval"] == number and entry.details["red"] == red.number
    again = cast.new_line(colleague, "301", "bb4-month")
    assert int(again.receipt_number[-6:]) == int(red.number[-6:]) + 1, "no gap in the book"


@pytest.mark.rule("RCP-01", "LED-02")
def test_with_every_copy_at_hand_the_receipt_is_void(cast: Cast) -> None:
    paid, colleague = next_day(cast)
    number = agreed(cast, paid, colleague)
    with pytest.raises(invoicing.MoreThanAll):
        reverse(cast, paid.payment_id, colleague, number, copies=4)
    nothing_happened(paid)
    back = reverse(cast, paid.payment_id, colleague, number, copies=3)
    assert (back.void, back.red, back.document_id) == ((paid.receipt_number,), "", None)
    assert receipt_of(paid).void_reason == WHY and count("invoicing_redreceipt") == 0
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()


@pytest.mark.rule("LAW-40", "CSH-01")
def test_more_than_lies_in_the_drawer_is_never_paid_back_and_nothing_is_half_done(cast: Cast) -> None:
    paid, colleague = next_day(cast, "bb20-year")
    number = agreed(cast, paid, colleague)
    with pytest.raises(custody.DrawerShort):
        reverse(cast, paid.payment_id, colleague, number)
    nothing_happened(paid)
    homeless = cast.sign_in("0211")
    with pytest.raises(custody.NoOpenDrawer):
        reverse(cast, paid.payment_id, homeless, number)
    move_cash(
        direction="in", amount=Money.yuan("380"), reason="添零", intent=uuid4(), by=colleague, at=cast.now
    )
    assert reverse(cast, paid.payment_id, colleague, number).amount == Money.yuan("880")
    assert cash_of(colleague) == Money.zero()


@pytest.mark.rule("CSH-05")
def test_a_sale_of_a_closed_month_is_reversed_today_and_the_month_stays(cast: Cast) -> None:
    clerk, _ = done(cast)
    (old,) = fetch_all("select min(id) as id from ledger_payment")
    fetch_all("set local session_replication_role = replica")
    fetch_all(
        "update subscriptions_term set starts_at = '2026-12-24' where order_id is not null returning id"
    )
    fetch_all("set local session_replication_role = origin")
    move_cash(direction="in", amount=Money.yuan("900"), reason="添零", intent=uuid4(), by=clerk, at=cast.now)
    number = agreed(cast, int(old["id"]), clerk)
    assert reverse(cast, int(old["id"]), clerk, number).red
    assert fetch_all("select at from ledger_batch where kind = 'reversal'") == [{"at": cast.now}]
    found = verify_money(scope=EVERYWHERE).findings
    assert [one for one in found if one.rule == "CSH-05"] == []


@pytest.mark.rule("ORD-13", "LED-03")
def test_two_clerks_and_a_double_click_reverse_it_once(real_cast: Cast) -> None:
    cast = real_cast
    paid, colleague = next_day(cast)
    seller = cast.sign_in("0213", counter="3")
    intent = uuid4()
    assert asked(cast, paid, colleague, intent) == asked(cast, paid, colleague, intent)
    numbers = {who.user_id: agreed(cast, paid, who) for who in (colleague, seller)}
    clicks = uuid4()
    hands = [(colleague, clicks), (colleague, clicks), (seller, uuid4())]
    outcomes = at_once(
        *(
            lambda who=who, key=key: reverse(cast, paid.payment_id, who, numbers[who.user_id], intent=key)
            for who, key in hands
        )
    )
    done_by = [one for one in outcomes if isinstance(one, SaleReversed)]
    assert done_by and len({one.red for one in done_by}) == 1
    assert count("ledger_reversal") == count("invoicing_redreceipt") == 1
    assert count("custody_drawerentry", "kind = 'refund'") == 1
    sound()


@pytest.mark.rule("RCP-01")
@pytest.mark.parametrize("change", ["amount = -1", "amount = -amount", "receipt_id = other"])
def test_the_database_keeps_a_red_receipt_to_its_receipt(cast: Cast, change: str) -> None:
    paid, colleague = next_day(cast)
    standing = receipt_of(cast.new_line(colleague, "301", "bb4-month"))
    reverse(cast, paid.payment_id, colleague, agreed(cast, paid, colleague), copies=3)
    receipt = standing.id if change.startswith("receipt") else receipt_of(paid).id
    amount = {"amount = -1": -1, "amount = -amount": 6000}.get(change, -6000)
    insert = (
        "insert into invoicing_redreceipt (hall_id, receipt_id, number, book_id, amount, copies, reason, counter_id, by_id,"
        " issued_at) values (%(hall)s, %(receipt)s, 'X1', %(book)s, %(amount)s, 3, '试', %(counter)s, %(by)s, %(at)s) returning id"
    )
    facts = {
        "hall": standing.hall, "receipt": receipt, "book": standing.book, "amount": amount,
        "counter": colleague.counter_id, "by": colleague.user_id, "at": cast.now,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction():
        fetch_all(insert, facts)


@pytest.mark.rule("RCP-01")
def test_verify_finds_a_red_receipt_that_lost_its_paper_or_its_reversal(cast: Cast) -> None:
    paid, colleague = next_day(cast)
    reverse(cast, paid.payment_id, colleague, agreed(cast, paid, colleague))
    red = invoicing.red_receipts([receipt_of(paid).id], scope=EVERYWHERE)[0]
    assert documents_of("red_receipt", red.id, scope=EVERYWHERE)
    fetch_all("set local session_replication_role = replica")
    fetch_all("update invoicing_redreceipt set amount = -1, number = '9999999' returning id")
    found = {(one.rule, one.title.zh) for one in verify_money(scope=EVERYWHERE).findings}
    assert {
        ("RCP-01", "红字收据与原收据相抵"), ("RCP-01", "红字收据都有底稿"), ("RCP-01", "收据号码连续无缺号"),
        ("RCP-01", "收据都出自收据簿"),
    } <= found  # fmt: skip
