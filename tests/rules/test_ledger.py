"""What is received, what is returned, and what is refused at the counter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.ledger.contracts import Means, MeansNotOpen, Tender, TendersDiffer, TooLittle
from onehall.contexts.ledger.rules import (
    MEANS_NAMES,
    Role,
    balancing,
    call_out,
    change_due,
    check_tenders,
    pay_in_cash,
    suggest_tenders,
)
from onehall.foundation.values.money import NOTES, Money

amounts = st.integers(1, 10**9).map(Money)


@pytest.mark.rule("PAY-02")
@given(amounts, amounts)
def test_change_and_price_make_up_what_was_received(due: Money, more: Money) -> None:
    assert change_due(due, due + more) + due == due + more
    assert change_due(due, due) == Money.zero()


@pytest.mark.rule("PAY-01")
@given(amounts, amounts)
def test_less_than_the_price_opens_nothing(due: Money, less: Money) -> None:
    with pytest.raises(TooLittle) as refused:
        change_due(due + less, due)
    assert less.text in refused.value.sentence("zh")
    assert less.text in refused.value.sentence("en")


@pytest.mark.rule("PAY-02")
def test_the_clerk_calls_out_what_is_received_and_what_is_returned() -> None:
    called = call_out(Money.yuan("560"), Money.yuan("600"))
    assert called.sentence.zh == "应收 560.00 元，收您 600.00 元，找您 40.00 元，请点清。"
    assert called.sentence.en == "560.00 yuan due, 600.00 received, 40.00 change. Please count it."
    assert (called.due, called.received, called.change) == (Money(56_000), Money(60_000), Money(4_000))


@pytest.mark.rule("PAY-02", "PAY-03")
def test_what_the_balance_pays_is_not_called_out_as_received() -> None:
    part = call_out(Money.yuan("880"), Money.yuan("400"), Money.yuan("500"))
    assert part.sentence.zh == "应收 880.00 元，余额支付 500.00 元，收您 400.00 元，找您 20.00 元，请点清。"
    assert (part.received, part.change) == (Money.yuan("400"), Money.yuan("20"))
    whole = call_out(Money.yuan("880"), Money.zero(), Money.yuan("880"))
    assert whole.sentence.zh == "应收 880.00 元，余额支付 880.00 元。"
    assert whole.sentence.en == "880.00 yuan due, 880.00 paid from the balance."


@pytest.mark.rule("PAY-02")
@pytest.mark.parametrize(
    ("due", "handed"),
    [
        ("560", ["560.00", "600.00"]),
        ("33.50", ["33.50", "34.00", "35.00", "40.00", "50.00", "100.00"]),
        ("100", ["100.00"]),
        ("61", ["61.00", "65.00", "70.00", "80.00", "100.00"]),
    ],
)
def test_what_customers_usually_hand_over_is_one_key_away(due: str, handed: list[str]) -> None:
    assert [amount.text for amount in suggest_tenders(Money.yuan(due))] == handed


@given(amounts)
def test_every_suggestion_suffices_and_the_exact_amount_comes_first(due: Money) -> None:
    suggested = suggest_tenders(due)
    assert suggested[0] == due
    assert list(suggested) == sorted(set(suggested))
    assert all(change_due(due, amount) < max(NOTES) for amount in suggested)


def test_nothing_is_suggested_for_nothing() -> None:
    assert suggest_tenders(Money.zero()) == ()


@given(amounts, amounts)
def test_cash_that_suffices_is_a_tender_that_passes(due: Money, more: Money) -> None:
    check_tenders(due, [pay_in_cash(due, due + more)], open_means={"cash"})


@pytest.mark.parametrize(
    "tenders",
    [
        [Tender(Means.CASH, Money(100), Money(150), Money(40))],  # change is not what exceeds
        [Tender(Means.CARD, Money(100), Money(150), Money(50))],  # a card gives no change
        [Tender(Means.CASH, Money(150), Money(150), Money(0))],  # more than is due
        [Tender(Means.CASH, Money(100), Money(90), Money(-10))],  # less was handed over than counts
        [Tender(Means.CASH, Money(50), Money(50), Money(0))] * 2,  # one means twice
        [
            Tender(Means.CASH, Money(110), Money(110), Money(0)),
            Tender(Means.CARD, Money(-10), Money(-10), Money(0)),
        ],
    ],
)
def test_tenders_that_do_not_make_up_the_price_are_refused(tenders: list[Tender]) -> None:
    with pytest.raises(TendersDiffer):
        check_tenders(Money(100), tenders, open_means={"cash", "card"})


def test_a_mixed_payment_adds_up() -> None:
    cash = Tender(Means.CASH, Money(60), Money(100), Money(40))
    card = Tender(Means.CARD, Money(40), Money(40), Money(0))
    check_tenders(Money(100), [cash, card], open_means={"cash", "card"})
    with pytest.raises(MeansNotOpen):
        check_tenders(Money(100), [cash, card], open_means={"cash"})
    with pytest.raises(ValueError, match="no trace"):
        check_tenders(Money.zero(), [], open_means={"cash"})


def test_every_means_has_a_name() -> None:
    assert set(MEANS_NAMES) == set(Means)


@pytest.mark.rule("LED-01")
@given(
    st.dictionaries(st.sampled_from(Role), st.integers(-(10**12), 10**12).map(Money)), st.sampled_from(Role)
)
def test_legs_balance_and_what_balances_them_takes_the_rest(legs: dict[Role, Money], against: Role) -> None:
    found = balancing(legs, against=against)
    assert Money.total(found.values()) == Money.zero() and all(found.values())
    assert {role: fen for role, fen in legs.items() if fen and role is not against} == {
        role: fen for role, fen in found.items() if role is not against
    }
