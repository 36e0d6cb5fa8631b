"""预存余额 A customer's balance: paid in with a basket, spent, never below zero, back when a sale is undone (PAY-03, LED-02)."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from onehall.contexts.balances import api as balances
from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.approvals import ApprovalGone, ApprovalNotFitting, OwnRequest
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of, local, midnight
from onehall.journeys.change_policy import change_policy
from onehall.journeys.decide_approval import decide_approval
from onehall.journeys.deposit_balance import deposit_balance
from onehall.journeys.refund_balance import refund_balance
from onehall.journeys.take_payment import PaymentTaken, take_payment
from onehall.journeys.void_sale import void_sale
from onehall.readings.day_books import three_way
from onehall.readings.verification import verify_money
from onehall.steps.paying_out import BalanceRefundAwaited
from onehall.steps.prepaying import left_to
from tests.cast import Cast, dwelling, wang
from tests.journeys.at_once import at_once, sound
from tests.journeys.test_reversal import agreed, reverse
from tests.journeys.test_verification import tampered

PAID_IN, USED = "220304", "220305"
ALL = Scope.operator()


def opened(cast: Cast) -> None:
    """From today on the hall keeps balances."""
    manager = cast.sign_in("0201")
    change_policy(
        key="payment.means", value=["cash", "prepaid"], valid_from=midnight(local(cast.now).date()), source="试", hall_id=manager.hall_id,
        by=manager, at=cast.now,
    )  # fmt: skip


def deposited(cast: Cast, by: Actor, party: PartyId, yuan: str, intent: UUID | None = None) -> PaymentTaken:
    """王建国 pays in, in cash."""
    basket = deposit_balance(
        party_id=party, amount=Money.yuan(yuan), intent=intent or uuid4(), by=by, at=cast.now
    )
    return cast.pay(by, basket.id, yuan)


def line(cast: Cast, by: Actor, party: PartyId, door: str = "502") -> orders.Basket:
    return cast.basket(by, party, dwelling("dw", "1", "2", door), ("new_broadband", "bb20-year"))


def paid(
    cast: Cast, by: Actor, of: orders.Basket, balance: str, cash: str = "0.00", intent: UUID | None = None
) -> PaymentTaken:
    return take_payment(
        basket_id=of.id, due=of.total, tendered=Money.yuan(cash), balance=Money.yuan(balance), intent=intent or uuid4(), by=by, at=cast.now,
    )  # fmt: skip


def stands(account: str) -> int:
    rows = fetch_all(
        "select coalesce(sum(amount), 0)::bigint as n from pub_ledger_posting where account = %(a)s",
        {"a": account},
    )
    return int(rows[0]["n"])


def verified() -> bool:
    return verify_money(scope=ALL, row_by_row=True).findings == ()


@pytest.mark.rule("PAY-03", "LED-01", "LED-02")
def test_a_deposit_is_sold_with_a_receipt_and_pays_wholly_or_in_part(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    with pytest.raises(ledger.MeansNotOpen):
        deposited(cast, clerk, party, "1000.00")
    opened(cast)
    first = deposited(cast, clerk, party, "1000.00")
    assert first.receipt_number and left_to(party) == Money.yuan("1000")
    assert (stands(PAID_IN), stands("1001")) == (-100000, 100000) and verified()
    whole = paid(cast, clerk, line(cast, clerk, party), "880.00")
    tenders = ledger.payment(whole.payment_id, scope=ALL).tenders
    assert [(one.means.value, one.amount.fen) for one in tenders] == [("prepaid", 88000)]
    assert (left_to(party).fen, stands(USED), stands("1001")) == (12000, 88000, 100000) and verified()
    paid(cast, clerk, line(cast, clerk, party, "501"), "100.00", cash="800.00")
    assert (left_to(party).fen, stands(USED), stands("1001")) == (2000, 98000, 178000) and verified()
    day = three_way(hall=clerk.hall_id, span=day_of(local(cast.now).date()), scope=clerk.scope)
    assert day and all(one.agrees for one in day)
    kinds = [one.kind.value for one in balances.movements_of([party], limit=9, scope=ALL)]
    assert kinds == ["spent", "spent", "deposit"]


@pytest.mark.rule("PAY-03", "PAY-01")
def test_more_than_is_left_and_a_deposit_paid_from_itself_are_refused_and_nothing_is_sold(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    opened(cast)
    for typed in ("0.50", "5000.01"):
        with pytest.raises(balances.BalanceRefused):
            deposited(cast, clerk, party, typed)
    deposited(cast, clerk, party, "100.00")
    of = line(cast, clerk, party)
    with pytest.raises(balances.BalanceRefused) as much:
        paid(cast, clerk, of, "880.00")
    assert "余额 100.00 元，不够 880.00 元" in much.value.sentence("zh")
    with pytest.raises(ledger.TooLittle):
        paid(cast, clerk, of, "100.00")
    assert left_to(party) == Money.yuan("100") and verified()
    other = cast.registered(clerk, wang("张三")).id
    with pytest.raises(balances.BalanceRefused):
        paid(cast, clerk, line(cast, clerk, other, "503"), "100.00", cash="780.00")
    again = deposit_balance(party_id=party, amount=Money.yuan("50"), intent=uuid4(), by=clerk, at=cast.now)
    with pytest.raises(balances.BalanceRefused) as itself:
        paid(cast, clerk, again, f"{again.total.text.replace(',', '')}")
    assert itself.value.field == "balance"
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch_all("update balances_balance set amount = -1 returning id")
    assert left_to(party) == Money.yuan("100") and verified()


@pytest.mark.rule("PAY-03", "RCP-01", "LED-02")
def test_a_void_puts_back_what_was_spent_and_takes_back_only_what_was_not(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    opened(cast)
    first = deposited(cast, clerk, party, "900.00")
    sale = paid(cast, clerk, line(cast, clerk, party), "880.00")
    void = {"reason": "客户不办了", "copies_present": 3, "by": clerk, "at": cast.later(minutes=1)}
    with pytest.raises(balances.BalanceRefused) as used:
        void_sale(payment_id=first.payment_id, intent=uuid4(), **void)
    assert "已经用过" in used.value.sentence("zh")
    void_sale(payment_id=sale.payment_id, intent=uuid4(), **void)
    assert (left_to(party).fen, stands(USED)) == (90000, 0) and verified()
    void_sale(payment_id=first.payment_id, intent=uuid4(), **void)
    assert (left_to(party).fen, stands(PAID_IN), stands("1001")) == (0, 0, 0) and verified()


@pytest.mark.rule("PAY-03", "SEC-04", "LED-02")
def test_a_reversal_puts_back_on_the_balance(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    opened(cast)
    deposited(cast, clerk, party, "900.00")
    sale = paid(cast, clerk, line(cast, clerk, party), "880.00")
    cast.later(days=1)
    colleague = cast.clerk("0211", "4")
    reverse(cast, sale.payment_id, colleague, agreed(cast, sale.payment_id, colleague))
    assert (left_to(party).fen, stands(USED)) == (90000, 0) and verified()


@pytest.mark.rule("PAY-03", "SEC-04", "LED-02", "LAW-40")
def test_the_rest_is_paid_out_in_cash_once_another_person_agreed(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    opened(cast)
    deposited(cast, clerk, party, "900.00")
    paid(cast, clerk, line(cast, clerk, party), "880.00")
    asked: dict[str, Any] = {"party_id": party, "reason": "客户搬走", "by": clerk, "at": cast.now}
    with pytest.raises(balances.BalanceRefused):
        refund_balance(amount=Money.yuan("20.01"), approval=None, intent=uuid4(), **asked)
    with pytest.raises(BalanceRefundAwaited):
        refund_balance(amount=Money.yuan("20"), approval=None, intent=uuid4(), **asked)
    (request,) = fetch_all("select max(id) as id from approvals_request")
    assert left_to(party) == Money.yuan("20")
    with pytest.raises((ApprovalGone, NotPermitted)):
        refund_balance(amount=Money.yuan("20"), approval=request["id"], intent=uuid4(), **asked)
    with pytest.raises((OwnRequest, NotPermitted)):
        decide_approval(
            request_id=request["id"], approve=True, note="", intent=uuid4(), by=clerk, at=cast.now
        )
    manager = cast.sign_in("0201")
    decide_approval(request_id=request["id"], approve=True, note="", intent=uuid4(), by=manager, at=cast.now)
    with pytest.raises(ApprovalNotFitting):
        refund_balance(amount=Money.yuan("10"), approval=request["id"], intent=uuid4(), **asked)
    intent = uuid4()
    for _ in range(2):
        refund_balance(amount=Money.yuan("20"), approval=request["id"], intent=intent, **asked)
    deposited(cast, clerk, party, "20.00")
    with pytest.raises(ApprovalGone):
        refund_balance(amount=Money.yuan("20"), approval=request["id"], intent=uuid4(), **asked)
    assert (left_to(party).fen, stands(PAID_IN), stands(USED), stands("1001")) == (2000, -90000, 88000, 90000)
    cash = custody.drawer_standing(custody.open_drawers(scope=clerk.scope)[0].id, scope=clerk.scope)[0]
    assert (cash.refunds.fen, cash.received.fen) == (2000, 92000) and verified()
    for statement in ("update custody_drawerentry set given = given + 1, amount = amount - 1 where kind = 'payout'",
                      "update balances_movement set amount = amount - 1 where kind = 'refund'"):  # fmt: skip
        with tampered(statement):
            assert not verified(), statement


@pytest.mark.rule("PAY-03", "LED-02")
def test_each_way_to_tamper_with_balances_is_found(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    opened(cast)
    deposited(cast, clerk, party, "900.00")
    paid(cast, clerk, line(cast, clerk, party), "880.00")
    assert verified()
    for statement, title in (
        ("update balances_balance set amount = amount + 1", "余额等于变动之和"),
        ("update balances_balance set amount = amount + 1", "预存余额科目等于客户余额合计"),
        ("delete from balances_movement where kind = 'deposit'", "预存都到了余额上"),
        ("update balances_movement set amount = amount - 1 where kind = 'spent'", "余额付款等于余额支出"),
        ("update ledger_account set means = 'x' where means = 'prepaid'", "预存余额科目等于客户余额合计"),
    ):
        with tampered(statement):
            found = {one.title.zh for one in verify_money(scope=ALL, row_by_row=True).findings}
            assert title in found, statement


@pytest.mark.rule("PAY-03", "LED-03")
def test_two_counters_spend_one_balance_at_once_and_it_is_never_below_zero(real_cast: Cast) -> None:
    cast = real_cast
    clerks = cast.clerk(), cast.clerk("0211", "4")
    party = cast.registered(clerks[0]).id
    opened(cast)
    deposited(cast, clerks[0], party, "1000.00")
    baskets = line(cast, clerks[0], party), line(cast, clerks[1], party, "501")
    told = at_once(*(
        lambda clerk=clerk, of=of: paid(cast, clerk, of, "880.00")
        for clerk, of in zip(clerks, baskets, strict=True)
    ))  # fmt: skip
    assert sorted(type(one).__name__ for one in told) == ["BalanceRefused", "PaymentTaken"]
    assert left_to(party).fen == 12000
    sound()
    intent = uuid4()
    waiting = next(of for of, one in zip(baskets, told, strict=True) if not isinstance(one, PaymentTaken))
    by = clerks[baskets.index(waiting)]
    told = at_once(*[lambda: paid(cast, by, waiting, "120.00", cash="760.00", intent=intent)] * 2)
    assert told[0].payment_id == told[1].payment_id and left_to(party).fen == 0
    sound()
