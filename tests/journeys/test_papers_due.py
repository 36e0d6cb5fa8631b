"""一次告知: 王建国 comes without a paper, is told once what is missing, and finishes at the second visit (ORD-03)."""

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.foundation.documents.contracts import Kind
from onehall.foundation.scopes import Actor, NotFound, Scope
from onehall.journeys.check_papers import check_papers
from onehall.journeys.resume_basket import resume_basket
from onehall.journeys.tell_missing_papers import tell_missing_papers
from onehall.readings.verification import verify_money
from tests.cast import Cast, count, dwelling, resident_id, wang

ALL = Scope.operator()


def child(cast: Cast, by: Actor) -> orders.Basket:
    """王小宝 is ten; 王建国 came along as guardian, without a proof of it."""
    given = wang("王小宝", resident_id("20160302"))
    agent = customers.AgentGiven(
        "王建国", customers.DocumentGiven(customers.DocumentKind.RESIDENT_ID, resident_id())
    )
    shown = (customers.PaperKind.IDENTITY_DOCUMENT, customers.PaperKind.AGENT_DOCUMENT)
    whole = customers.CustomerGiven(
        given.kind, given.name, given.document, given.phones,
        tuple(customers.Paper(kind, original=True, copy=True) for kind in shown), agent,
    )  # fmt: skip
    card = cast.registered(by, whole)
    return cast.basket(by, card.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))


@pytest.mark.rule("ORD-03")
def test_told_once_and_completely_and_finished_at_the_second_visit_at_another_counter(cast: Cast) -> None:
    limin = cast.clerk()
    basket = child(cast, limin)
    with pytest.raises(customers.PapersDue) as no:
        cast.pay(limin, basket.id)
    assert "监护关系证明" in no.value.sentence("zh") and "guardianship" in no.value.sentence("en")
    assert count("ledger_payment") == count("orders_serviceorder") == 0
    slip = tell_missing_papers(basket_id=basket.id, seen=(), by=limin, at=cast.later(minutes=1))
    assert slip.kind is Kind.MISSING_PAPERS
    assert [one["zh"] for one in slip.content["missing"]] == ["监护关系证明（户口簿、出生证明）"]
    assert len(slip.content["shown"]) == 2 and slip.content["customer"] == "王小宝"
    waiting = orders.basket(basket_id=basket.id, scope=limin.scope)
    assert waiting.state is orders.BasketState.HELD and "监护关系证明" in waiting.hold_reason
    with pytest.raises(orders.BasketNotOpen):
        tell_missing_papers(basket_id=basket.id, seen=(), by=limin, at=cast.now)
    cast.later(days=3)
    zheng = cast.clerk("0211", "4")
    resume_basket(basket_id=basket.id, by=zheng, at=cast.now)
    with pytest.raises(customers.PapersDue):
        cast.pay(zheng, basket.id)
    now = check_papers(
        basket_id=basket.id, seen=["guardianship_proof", "unheard_of"], by=zheng, at=cast.later(minutes=1)
    )
    assert now.missing == ()
    assert [one.missing for one in customers.papers_told(basket.id, scope=ALL)] == [("guardianship_proof",)]
    paid = cast.pay(zheng, basket.id)
    (sold,) = orders.orders_of_basket(basket_id=paid.basket_id, scope=ALL)
    assert orders.PAPERS not in sold.details
    assert verify_money(scope=ALL).findings == ()


@pytest.mark.rule("ORD-03", "CUS-01")
def test_who_has_shown_everything_is_asked_for_nothing(cast: Cast) -> None:
    clerk = cast.clerk()
    basket = cast.basket(
        clerk, cast.registered(clerk).id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year")
    )
    with pytest.raises(customers.NothingMissing):
        tell_missing_papers(basket_id=basket.id, seen=(), by=clerk, at=cast.now)
    assert cast.pay(clerk, basket.id).receipt_number


@pytest.mark.rule("ORD-03", "SEC-10")
def test_another_hall_neither_sees_nor_ticks(cast: Cast) -> None:
    basket = child(cast, cast.clerk())
    stranger = cast.sign_in("0311", hall="guandi", counter="1")
    for act in (check_papers, tell_missing_papers):
        with pytest.raises(NotFound):
            act(basket_id=basket.id, seen=["guardianship_proof"], by=stranger, at=cast.now)
    assert count("customers_paperseen") == 0
