"""Charges: whose code it is, which answers lead where, how much may be charged, who gives back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.acquiring.contracts import (
    Answer,
    AnswerRefused,
    Charge,
    ChargeRefused,
    Provider,
    Said,
    State,
    Way,
)
from onehall.contexts.acquiring.rules.charges import (
    Chore,
    check_charge,
    check_refund,
    chore,
    next_state,
    pause,
    provider_of,
)
from onehall.foundation.values.ids import BasketId, CounterId, HallId, PaymentId, UserId
from onehall.foundation.values.money import Money

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SUM = Money.yuan("20.00")
PAID = Answer(Said.SUCCEEDED, transaction="4200001", paid_at=NOON, amount=SUM)
CHARGE = Charge(
    1, HallId(1), CounterId(3), UserId(7), BasketId(9), Provider.WECHAT, Way.SCANNED, "n", SUM, NOON, State.ASKED, NOON, "", None,
    "", "", None,
)  # fmt: skip
answers = st.sampled_from([PAID, *(Answer(said) for said in Said if said is not Said.SUCCEEDED)])


def played(heard: list[Answer], start: State = State.ASKED) -> list[State]:
    """The states that these answers bring about one after the other."""
    states, transaction = [start], ""
    for answer in heard:
        if new := next_state(states[-1], answer, amount=SUM, transaction=transaction):
            states.append(new)
            transaction = answer.transaction if new is State.SUCCEEDED else transaction
    return states


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("code", "whose"),
    [
        ("134567890123456789", Provider.WECHAT), ("100000000000000000", Provider.WECHAT), ("159999999999999999", Provider.WECHAT),
        (" 134567890123456789\n", Provider.WECHAT), ("169999999999999999", None), ("13456789012345678", None),
        ("1345678901234567890", None), ("2512345678901234", Provider.ALIPAY), ("301234567890123456789012", Provider.ALIPAY),
        ("251234567890123", None), ("3012345678901234567890123", None), ("311234567890123456", None), ("240000000000000000", None),
        ("１３４５６７８９０１２３４５６７８９", None), ("20.00", None), ("", None),
    ],
)  # fmt: skip
def test_a_scanned_code_says_whose_it_is(code: str, whose: Provider | None) -> None:
    assert provider_of(code) is whose


@pytest.mark.rule("PAY-03", "LED-03")
@given(st.lists(answers, max_size=12))
def test_whatever_is_heard_in_whatever_order_a_charge_succeeds_at_most_once_and_never_unhappens(
    heard: list[Answer],
) -> None:
    states = played(heard)
    assert states.count(State.SUCCEEDED) == min(1, heard.count(PAID))
    assert len(set(states)) == len(states)
    if State.SUCCEEDED in states:
        assert states[-1] is State.SUCCEEDED


@pytest.mark.rule("PAY-03")
@given(st.lists(answers, max_size=6))
def test_hearing_everything_twice_is_hearing_it_once(heard: list[Answer]) -> None:
    assert played([one for answer in heard for one in (answer, answer)]) == played(heard)


@pytest.mark.rule("PAY-03")
def test_a_success_counts_however_late_and_after_whatever() -> None:
    others = [Answer(Said.WAITING), Answer(Said.FAILED), Answer(Said.CLOSED), PAID]
    assert {played(list(order))[-1] for order in permutations(others)} == {State.SUCCEEDED}


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    "false", [replace(PAID, amount=SUM + Money(1)), replace(PAID, amount=None), replace(PAID, transaction="")]
)
def test_a_success_over_another_sum_or_without_a_transaction_is_not_believed(false: Answer) -> None:
    with pytest.raises(AnswerRefused):
        next_state(State.WAITING, false, amount=SUM, transaction="")


@pytest.mark.rule("PAY-03")
def test_a_second_transaction_for_a_charge_is_not_believed() -> None:
    with pytest.raises(AnswerRefused):
        next_state(State.SUCCEEDED, replace(PAID, transaction="4200002"), amount=SUM, transaction="4200001")


@pytest.mark.rule("PAY-03")
@given(st.lists(answers, max_size=12))
def test_a_refund_goes_through_once_or_is_seen_to(heard: list[Answer]) -> None:
    states = played([one for one in heard if one is not PAID], State.REFUNDING)
    assert set(states) <= {State.REFUNDING, State.REFUNDED, State.REFUND_REFUSED}
    assert states.count(State.REFUNDED) == min(1, heard.count(Answer(Said.REFUNDED)))


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize("state", list(State))
def test_every_charge_that_is_open_is_asked_about_until_it_is_closed(state: State) -> None:
    early, late = (chore(state, asked_at=NOON, at=NOON + timedelta(minutes=m), minutes=5) for m in (4, 5))
    open_now = state in (State.ASKED, State.WAITING)
    refund = Chore.REFUND if state is State.REFUNDING else None
    assert early is (Chore.QUERY if open_now else refund)
    assert late is (Chore.CLOSE if open_now else refund)


@pytest.mark.rule("PAY-03")
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_pauses_grow_and_end_at_five_minutes(attempts: int, first: int) -> None:
    now, then = pause(attempts, first_seconds=first), pause(attempts + 1, first_seconds=first)
    assert timedelta(seconds=first) <= now <= then <= timedelta(minutes=5)


@pytest.mark.rule("PAY-03")
@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(-5, 20_005))
def test_never_more_is_charged_than_is_left_to_pay(due: int, standing: int, amount: int) -> None:
    try:
        check_charge(amount=Money(amount), due=Money(due), standing=Money(standing))
    except ChargeRefused as refused:
        assert amount <= 0 or standing + amount > due
        assert refused.field == "amount"
    else:
        assert 0 < amount <= due - standing


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("used", [False, True])
@pytest.mark.parametrize("voided", [False, True])
def test_what_has_its_sale_is_not_given_back_and_nobody_gives_back_alone(
    state: State, used: bool, voided: bool
) -> None:
    charge = replace(CHARGE, state=state, payment=PaymentId(5) if used else None)
    due = state is State.REFUND_REFUSED or (state is State.SUCCEEDED and (voided or not used))
    for same_person, reason in ((False, "退"), (True, "退"), (False, " ")):
        if due and reason.strip() and (voided or not same_person):
            check_refund(charge, voided=voided, same_person=same_person, reason=reason)
        else:
            with pytest.raises(ChargeRefused):
                check_refund(charge, voided=voided, same_person=same_person, reason=reason)
