"""Handsets, third-party services and money of others: one basket, one payment, one receipt; all of it goes back (CAT-11)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.goods import api as goods
from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger.models import Posting
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation.api import CounterLacksCapability
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Actor, NotPermitted
from onehall.foundation.values.money import Money
from onehall.journeys.cancel_add_on import cancel_add_on
from onehall.journeys.state_purpose import state_purpose
from onehall.journeys.take_payment import PaymentTaken
from onehall.journeys.void_sale import void_sale
from onehall.readings.verification import verify_money
from onehall.readings.verification.goods import CHECKS
from onehall.steps.reversing import ReversalRefused
from tests.cast import Cast, count, receipt_of, wang
from tests.goods import ALL, IMEI, OTHER_IMEI, chosen, handset, line_at, month, settled, video, water
from tests.journeys.test_invoices import ask
from tests.journeys.test_reversal import agreed, asked, reverse
from tests.journeys.test_serving import PRESENT
from tests.journeys.test_verification import tampered


@pytest.fixture
def clerk(cast: Cast) -> Actor:
    found = cast.clerk()
    cast.new_line(found)
    return found


@pytest.fixture
def line(clerk: Actor) -> subscriptions.Subscription:
    return line_at()


def sold(cast: Cast, clerk: Actor, line: subscriptions.Subscription) -> PaymentTaken:
    """All three kinds with one payment: 299 + 86.40 + 2 × 15."""
    return cast.pay(clerk, chosen(cast, clerk, line.party_id, handset(), water(), video(line)).id, "500")


def balance(account: str) -> int:
    return -sum(Posting.objects.filter(account__code=account).values_list("amount", flat=True))


def agrees() -> None:
    assert verify_money(scope=ALL).findings == ()
    assert verify_money(scope=ALL, row_by_row=True).findings == ()


@pytest.mark.rule("ORD-01", "CAT-11")
def test_a_counter_that_only_renews_sells_nothing_of_this_and_names_the_ones_that_do(cast: Cast) -> None:
    renewals = cast.clerk(counter="1")
    party = cast.registered(renewals).id
    for wanted, zh, en in ((handset(), "手机", "Handset"), (water(), "代收", "Collected for others")):
        with pytest.raises(CounterLacksCapability) as no:
            chosen(cast, renewals, party, wanted)
        assert zh in no.value.sentence("zh") and en in no.value.sentence("en")
        assert "2、3、4" in no.value.alternative("zh")
    assert not count("orders_basket"), "nothing half done"


def voided(cast: Cast, clerk: Actor, paid: PaymentTaken) -> None:
    void_sale(
        payment_id=paid.payment_id, reason="客户改主意", copies_present=3, intent=uuid4(), by=clerk, at=cast.later(minutes=1)
    )  # fmt: skip


@pytest.mark.rule("CAT-11", "LED-02")
def test_one_payment_and_one_receipt_for_all_kinds_and_money_of_others_is_owed(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    paid = sold(cast, clerk, line)
    assert (paid.amount, paid.change) == (Money.yuan("415.40"), Money.yuan("84.60"))
    assert (balance("605105"), balance("224111"), balance("224113")) == (29_900, 8_640, 3_000)
    (paper,) = documents_of(subject="receipt", subject_id=receipt_of(paid).id, scope=ALL)
    labels = [row["label"]["zh"] for row in paper.content["lines"]]
    assert labels == [
        f"手机 长者手机 E1 {IMEI}", "代收（清河自来水公司） 自来水费 0301-2287", "增值业务（蓝鲸视频） 蓝鲸视频会员",
    ]  # fmt: skip
    (service,) = goods.add_ons([line.id], scope=ALL)
    assert service.runs(cast.now) and not service.runs(cast.now + timedelta(days=62))
    agrees()


@pytest.mark.rule("CAT-11", "RCP-01")
def test_a_void_brings_back_the_handset_ends_the_service_and_owes_nothing(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    paid = sold(cast, clerk, line)
    again = chosen(cast, clerk, line.party_id, water("10"))
    with pytest.raises(goods.SerialSold):
        chosen(cast, clerk, line.party_id, handset())
    voided(cast, clerk, paid)
    assert (balance("605105"), balance("224111"), balance("224113")) == (0, 0, 0)
    assert not goods.add_ons([line.id], scope=ALL)[0].runs(cast.now)
    assert chosen(cast, clerk, line.party_id, handset()).id == again.id, "the same handset may be sold again"
    cast.pay(clerk, again.id)
    assert balance("224111") == 1_000
    agrees()


@pytest.mark.rule("CAT-11")
def test_a_serial_is_in_one_basket_after_another_and_the_second_payment_is_refused_whole(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    other = cast.registered(clerk, wang("张三"))
    mine = chosen(cast, clerk, line.party_id, handset(), handset(OTHER_IMEI))
    theirs = chosen(cast, clerk, other.id, handset(), water())
    with pytest.raises(orders.ItemRepeated):
        chosen(cast, clerk, line.party_id, handset())
    cast.pay(clerk, mine.id)
    before = count("ledger_payment")
    with pytest.raises(goods.SerialSold, match=IMEI):
        cast.pay(clerk, theirs.id)
    assert count("ledger_payment") == before and balance("224111") == 0
    agrees()


@pytest.mark.rule("CAT-11", "ORD-13")
def test_the_same_submission_twice_puts_it_in_once(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    intent = uuid4()
    first = chosen(cast, clerk, line.party_id, water(), intent=intent)
    assert chosen(cast, clerk, line.party_id, water(), intent=intent) == first
    assert len(first.items) == 1


@pytest.mark.rule("CAT-11", "CHG-02")
def test_a_service_is_cancelled_for_the_customer_once_and_not_refunded(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    cast.pay(clerk, chosen(cast, clerk, line.party_id, video(line)).id)
    (one,) = goods.add_ons([line.id], scope=ALL)
    other = cast.sign_in("0211", counter="2")
    with pytest.raises(customers.PurposeNeeded):
        cancel_add_on(add_on_id=one.id, intent=uuid4(), by=other, at=cast.now)
    state_purpose(party_id=line.party_id, stated=PRESENT, by=clerk, at=cast.now)
    intent = uuid4()
    ended = cancel_add_on(add_on_id=one.id, intent=intent, by=clerk, at=cast.later(minutes=1))
    assert not ended.runs(cast.now) and balance("224113") == 3_000
    assert cancel_add_on(add_on_id=one.id, intent=intent, by=clerk, at=cast.later(minutes=1)) == ended
    with pytest.raises(goods.GoodsRefused, match="没有重复"):
        cancel_add_on(add_on_id=one.id, intent=uuid4(), by=clerk, at=cast.now)
    with pytest.raises(NotFound):
        cancel_add_on(add_on_id=one.id + 99, intent=uuid4(), by=clerk, at=cast.now)
    agrees()


@pytest.mark.rule("CAT-11", "RCP-01")
def test_within_its_days_a_handset_is_given_back_by_a_reversal_and_later_not(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    first = cast.pay(clerk, chosen(cast, clerk, line.party_id, handset(), water()).id)
    second = cast.pay(clerk, chosen(cast, clerk, line.party_id, handset(OTHER_IMEI)).id)
    cast.later(days=6)
    colleague = cast.clerk("0211", "4")
    back = reverse(cast, first.payment_id, colleague, agreed(cast, first, colleague))
    assert back.amount == Money.yuan("385.40") and balance("605105") == 29_900 and balance("224111") == 0
    assert not goods.handset_standing(IMEI, scope=ALL)
    cast.later(days=1, minutes=1)
    with pytest.raises(ReversalRefused, match="2026-11-30 前"):
        asked(cast, second, colleague)
    agrees()


@pytest.mark.rule("CAT-11", "LED-02", "CSH-05")
def test_a_principal_is_paid_what_the_statement_shows_once_and_by_whom_may(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    cast.pay(clerk, chosen(cast, clerk, line.party_id, water(), water("20", "77-1")).id)
    wrong = cast.pay(clerk, chosen(cast, clerk, line.party_id, water("5")).id)
    voided(cast, clerk, wrong)
    auditor = cast.sign_in("0241")
    told = month(auditor)
    assert (told.opening, told.collected, told.given_back, told.due) == tuple(
        map(Money, (0, 11_140, 500, 10_640))
    )
    with pytest.raises(goods.SettlementRefused, match="还没有过完"):
        settled(cast, auditor, "106.40")
    cast.now = cast.now.replace(month=12, day=3)
    with pytest.raises(goods.SettlementRefused, match=r"106\.40"):
        settled(cast, auditor, "106.41")
    with pytest.raises(NotPermitted):
        settled(cast, cast.sign_in("0213"), "106.40")
    intent = uuid4()
    done = settled(cast, auditor, "106.40", intent=intent)
    assert settled(cast, auditor, "106.40", intent=intent) == done
    assert (balance("224111"), -balance("100205")) == (0, -10_640)
    assert (month(auditor).closing, month(auditor).due) == (Money(10_640), Money(0)), "paid in December"
    with pytest.raises(goods.SettlementRefused, match="没有要付"):
        settled(cast, auditor, "0")
    agrees()


@pytest.mark.rule("CAT-11")
def test_what_was_paid_over_does_not_go_back_at_the_desk(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    paid = cast.pay(clerk, chosen(cast, clerk, line.party_id, water()).id)
    cast.now = cast.now.replace(month=12, day=3)
    colleague = cast.clerk("0211", "4")
    approval = agreed(cast, paid, colleague)
    settled(cast, cast.sign_in("0241"), "86.40")
    with pytest.raises(ReversalRefused, match="付给委托单位"):
        reverse(cast, paid.payment_id, colleague, approval)
    assert count("ledger_reversal") == 0
    agrees()


@pytest.mark.rule("CAT-11", "RCP-04")
def test_money_of_others_is_never_on_our_invoice(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    paid = cast.pay(clerk, chosen(cast, clerk, line.party_id, water(), handset()).id)
    bill, phone = orders.orders_of_basket(basket_id=paid.basket_id, scope=ALL)
    with pytest.raises(invoicing.InvoiceRefused) as refused:
        ask(cast, paid, clerk, amounts={bill.id: bill.amount})
    assert refused.value.rule == "CAT-11"
    assert ask(cast, paid, clerk).amount == phone.amount


@pytest.mark.rule("SEC-10", "CAT-11")
def test_somebody_elses_line_and_what_is_no_goods_are_not_found(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    other = cast.registered(clerk, wang("张三"))
    with pytest.raises(NotFound):
        chosen(cast, clerk, other.id, video(line))
    for odd in ("bb20-year", "nothing"):
        with pytest.raises(NotFound):
            chosen(cast, clerk, line.party_id, handset(offering=odd))
    assert orders.open_basket_of(counter_id=clerk.counter_id, party_id=other.id, scope=ALL) is None  # type: ignore[arg-type]


SABOTAGE = [
    ("update ledger_posting set amount = amount + 1 where account_id = (select id from ledger_account where code = '224112')", "代收科目等于代收减退回减结算"),
    ("update goods_settlement set amount = amount - 1", "代收科目等于代收减退回减结算"),
    ("update goods_collected set given_back_at = null", "代收的都记在委托单位名下"),
    ("delete from goods_collected where settlement_id is null", "代收的都记在委托单位名下"),
    ("update goods_collected set settlement_id = null", "结算等于所结的代收款"),
    ("update goods_handset set returned_at = now()", "卖出的手机和退回的相符"),
    ("delete from goods_addon", "增值业务和受理单相符"),
]  # fmt: skip


@pytest.mark.rule("CAT-11", "LED-02")
def test_each_way_to_tamper_with_goods_is_found_and_named(
    cast: Cast, clerk: Actor, line: subscriptions.Subscription
) -> None:
    sold(cast, clerk, line)
    voided(cast, clerk, cast.pay(clerk, chosen(cast, clerk, line.party_id, water("5")).id))
    cast.pay(clerk, chosen(cast, clerk, line.party_id, water("70", offering="heat-bill")).id)
    cast.now = cast.now.replace(month=12, day=3)
    settled(cast, cast.sign_in("0241"), "86.40")
    agrees()
    for statement, title in SABOTAGE:
        with tampered(statement):
            found = verify_money(scope=ALL).findings
            named = [one for one in found if one.title.zh == title]
            assert named and named[0].id and named[0].expected != named[0].found, statement
    assert {check.title.zh for check in CHECKS} == {title for _, title in SABOTAGE}
    agrees()
