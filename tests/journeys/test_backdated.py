"""The power fails at noon, forms are written by hand, and in the evening they are typed in (CON-03)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import fetch_all
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, local
from onehall.journeys.abandon_basket import abandon_basket
from onehall.journeys.change_policy import change_policy
from onehall.journeys.state_paper_form import state_paper_form
from onehall.journeys.take_payment import PaymentTaken
from onehall.journeys.void_sale import void_sale
from onehall.readings.backdated import backdated
from onehall.readings.board import business
from onehall.steps.collection import RECEIPT
from onehall.steps.written import WrittenBeforeLine
from tests.cast import Cast, dwelling, receipt_of
from tests.journeys.at_once import at_once, sound

ALL = Scope.operator()
EXPIRY = datetime(2027, 11, 30, tzinfo=CHINA)
HOME = ("dw", "1", "2", "502")


def state(
    cast: Cast,
    by: Actor,
    party: PartyId,
    written_at: datetime | None,
    number: str = "",
    hand_receipt: str = "",
) -> orders.PaperForm:
    """What stands at the head of the form; 郑洁 wrote it."""
    given = orders.PaperGiven(number or f"P{uuid4().hex[:8]}", written_at, "停电", hand_receipt)
    return state_paper_form(party_id=party, given=given, staff_no="0211", by=by, at=cast.now)


def typed_in(
    cast: Cast, by: Actor, party: PartyId, written_at: datetime, *items: tuple[str, str], room: str = "502"
) -> tuple[orders.Basket, PaymentTaken]:
    """The form, its items, its money."""
    state(cast, by, party, written_at)
    basket = cast.basket(by, party, dwelling("dw", "1", "2", room), *items)
    return basket, cast.pay(by, basket.id)


def line(room: str = "502") -> subscriptions.Subscription:
    (found,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", room), scope=ALL)
    return found


@pytest.mark.rule("CHG-01", "CON-03")
def test_a_renewal_written_before_the_expiry_and_typed_after_it_follows_the_old_term(cast: Cast) -> None:
    cast.new_line(cast.clerk("0211", "4"))
    cast.now = EXPIRY + timedelta(hours=20)
    clerk = cast.clerk()
    basket, _ = typed_in(
        cast, clerk, line().party_id, EXPIRY - timedelta(minutes=30), ("renewal", "bb20-year")
    )
    first, second = line().terms
    assert first.period.end == second.period.start == EXPIRY, "paid before it ran out: not a day is lost"
    assert second.period == basket.items[0].draft.period, "the screen said so before the money was taken"
    access = provisioning.access(account="dw0120502", at=cast.now, scope=ALL)
    assert access is not None and access.standing is provisioning.Standing.ACTIVE
    assert access.period.end == second.period.end


@pytest.mark.rule("CHG-01", "CON-03")
def test_written_after_the_expiry_the_day_of_writing_counts_not_the_day_of_typing(cast: Cast) -> None:
    cast.new_line(cast.clerk("0211", "4"))
    cast.now = EXPIRY + timedelta(days=5, hours=9)
    written = EXPIRY + timedelta(days=3, hours=14)
    typed_in(cast, cast.clerk(), line().party_id, written, ("renewal", "bb20-year"))
    assert line().terms[-1].period.start == EXPIRY + timedelta(days=3)
    assert line().terms[-1].paid_at == written


@pytest.mark.rule("ORD-09", "CON-03")
def test_the_first_term_counts_from_the_acceptance_on_paper(cast: Cast) -> None:
    clerk = cast.clerk()
    written = cast.now - timedelta(hours=30)
    party = cast.registered(clerk).id
    basket, _ = typed_in(cast, clerk, party, written, ("new_broadband", "bb20-year"))
    assert local(line().terms[0].period.start).date() == local(written).date() + timedelta(days=7)
    assert line().terms[0].period == basket.items[0].draft.period
    assert line().opened_at == written


@pytest.mark.rule("CAT-01", "CON-03")
def test_the_price_and_the_fees_of_the_day_of_writing_hold(cast: Cast) -> None:
    clerk, manager = cast.clerk(), cast.sign_in("0201")
    written = cast.now + timedelta(hours=1)
    cast.later(hours=3)
    before = _router(cast, clerk, "501")
    change_policy(
        key="fees.router_visit", value=6000, valid_from=cast.now, source="新收费标准", by=manager, at=cast.now,
        hall_id=manager.hall_id,
    )  # fmt: skip
    cast.later(hours=2)
    assert _router(cast, clerk, "402") != before, "today it costs more"
    assert _router(cast, clerk, "302", written) == before, "on paper it cost what it cost"


def _router(cast: Cast, clerk: Actor, room: str, written: datetime | None = None) -> Money:
    party = cast.registered(clerk).id
    home = dwelling("dw", "1", "2", room)
    if written is not None:
        state(cast, clerk, party, written)
    basket = cast.basket(clerk, party, home, ("new_broadband", "bb20-year"), ("router_setup", "router-setup"))
    price = basket.items[1].draft.amount
    abandon_basket(basket_id=basket.id, by=clerk, at=cast.now)
    return price


@pytest.mark.rule("CON-03", "LED-03", "CSH-01")
def test_money_drawer_receipt_and_trail_count_from_typing(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    cast.later(hours=6)
    written = cast.now - timedelta(hours=4)
    form = state(cast, clerk, party, written, number="p0088", hand_receipt="手0012")
    basket = cast.basket(clerk, party, dwelling(*HOME), ("new_broadband", "bb20-year"))
    paid = cast.pay(clerk, basket.id)
    payment = ledger.payment(paid.payment_id, scope=ALL)
    assert payment.at == receipt_of(paid).issued_at == cast.now
    (order,) = orders.orders_of_basket(basket_id=basket.id, scope=ALL)
    assert order.accepted_at == cast.now
    assert datetime.fromisoformat(order.details["written_at"]) == written
    (paper,) = documents_of(RECEIPT, receipt_of(paid).id, scope=ALL)
    assert "P0088" in paper.content["remark"] and "手0012" in paper.content["remark"]
    lines = fetch_all("select action, at, rule from audit_auditentry where action = 'basket.backdated'")
    assert lines == [{"action": "basket.backdated", "at": cast.now, "rule": "CON-03"}]
    (shown,) = backdated(hall_id=clerk.hall_id, day=local(cast.now).date(), scope=clerk.scope, limit=9)
    assert (shown.number, shown.written_by, shown.typed_by) == ("P0088", "郑洁", "李敏")
    assert (shown.written_at, shown.typed_at, shown.receipt) == (
        form.written_at,
        cast.now,
        paid.receipt_number,
    )


@pytest.mark.rule("ORD-11", "CON-03")
def test_the_handling_time_of_a_paper_form_is_not_measured(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    state(cast, clerk, party, cast.now - timedelta(hours=1))
    cast.later(hours=1)
    basket = cast.basket(clerk, party, dwelling(*HOME), ("new_broadband", "bb20-year"))
    cast.pay(clerk, basket.id)
    cast.later(minutes=1)
    today = business(hall_id=clerk.hall_id, limit=180, at=cast.now, scope=clerk.scope)
    assert (today.sales, today.seconds, today.slow) == (1, None, 0)


@pytest.mark.rule("CON-03")
def test_one_number_is_typed_once_until_it_is_taken_back(cast: Cast) -> None:
    clerk, first, second = (
        cast.clerk(),
        *(cast.registered(cast.sign_in("0213", counter="3")).id for _ in range(2)),
    )
    state(cast, clerk, first, cast.now, number="A17", hand_receipt="S5")
    for number, receipt in (("a 17", ""), ("A18", "s5")):
        with pytest.raises(orders.PaperKnown):
            state(cast, clerk, second, cast.now, number=number, hand_receipt=receipt)
    basket = cast.basket(clerk, first, dwelling(*HOME), ("new_broadband", "bb20-year"))
    paid = cast.pay(clerk, basket.id)
    with pytest.raises(orders.PaperKnown):
        state(cast, clerk, second, cast.now, number="A17")
    void_sale(
        payment_id=paid.payment_id, reason="录错客户", copies_present=3, intent=uuid4(), by=clerk, at=cast.now
    )
    assert state(cast, clerk, second, cast.now, number="A17", hand_receipt="S5").number == "A17"
    again = state(cast, clerk, second, cast.now, number="A19")
    assert again.number == "A19", "while the basket is empty the head of the form may be corrected"


@pytest.mark.rule("CON-03", "ORD-05")
def test_a_form_outside_the_bounds_is_refused_and_nothing_is_opened(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    for written in (cast.now + timedelta(seconds=1), cast.now - timedelta(hours=72, seconds=1)):
        with pytest.raises(orders.PaperTimeRefused):
            state(cast, clerk, party, written)
    with pytest.raises(orders.PaperIncomplete):
        state(cast, clerk, party, None)
    assert fetch_all("select 1 from orders_paperentry") == []
    state(cast, clerk, party, cast.now - timedelta(hours=72))


@pytest.mark.rule("CON-03")
def test_a_form_older_than_its_line_is_refused(cast: Cast) -> None:
    cast.new_line(cast.clerk("0211", "4"))
    cast.later(hours=2)
    clerk = cast.clerk()
    state(cast, clerk, line().party_id, line().opened_at - timedelta(seconds=1))
    with pytest.raises(WrittenBeforeLine) as refused:
        cast.basket(clerk, line().party_id, dwelling(*HOME), ("renewal", "bb20-year"))
    assert refused.value.alternative("zh")
    state(cast, clerk, line().party_id, line().opened_at)
    cast.basket(clerk, line().party_id, dwelling(*HOME), ("renewal", "bb20-year"))


@pytest.mark.rule("CON-03")
def test_what_stands_in_the_basket_at_todays_price_does_not_become_a_paper_form(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    cast.basket(clerk, party, dwelling(*HOME), ("new_broadband", "bb20-year"))
    with pytest.raises(orders.PaperTooLate):
        state(cast, clerk, party, cast.now)


@pytest.mark.rule("CON-03", "ORG-06")
def test_only_who_may_types_forms_and_the_writer_is_of_this_hall(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    given = orders.PaperGiven("A1", cast.now, "停电")
    for stranger in ("0311", "9999", ""):
        with pytest.raises(orders.PaperIncomplete):
            state_paper_form(party_id=party, given=given, staff_no=stranger, by=clerk, at=cast.now)
    with pytest.raises(NotPermitted):
        state_paper_form(party_id=party, given=given, staff_no="0213", by=cast.sign_in("0221"), at=cast.now)


@pytest.mark.rule("CON-03", "PAY-01")
def test_an_ordinary_payment_asks_the_database_nothing_more(cast: Cast) -> None:
    """A paper form and an ordinary sale take their money with the same number of statements."""
    clerk = cast.clerk()
    counts = []
    for room, written in (("501", None), ("502", None), ("402", cast.now)):
        party = cast.registered(clerk).id
        if written is not None:
            state(cast, clerk, party, written)
        basket = cast.basket(clerk, party, dwelling("dw", "1", "2", room), ("new_broadband", "bb20-year"))
        with connection.execute_wrapper(_Counted(counts)):
            cast.pay(clerk, basket.id)
    assert counts[1] == counts[2], "the first one warms what is kept"


class _Counted:
    """Counts the statements of a block into the last entry of a list."""

    def __init__(self, counts: list[int]) -> None:
        self.counts = counts
        counts.append(0)

    def __call__(self, execute, *given):  # type: ignore[no-untyped-def]
        self.counts[-1] += 1
        return execute(*given)


@pytest.mark.rule("CON-03", "ORD-13")
def test_two_clerks_type_the_same_form_at_the_same_instant(real_cast: Cast) -> None:
    clerks = [real_cast.clerk("0213", "3"), real_cast.clerk("0211", "4")]
    parties = [real_cast.registered(clerk).id for clerk in clerks]

    def typing(by: Actor, party: PartyId) -> object:
        return lambda: state(real_cast, by, party, real_cast.now, number="A17")

    answers = at_once(*(typing(by, party) for by, party in zip(clerks, parties, strict=True)))
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(refused) == 1 and isinstance(refused[0], orders.PaperKnown)
    sound()
