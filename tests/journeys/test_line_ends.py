"""销号 A telephone line ends with every call that was delivered, and what is left may go to the customer's balance (CHG-07, BIL-02, VOI-02)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from onehall.contexts.balances import api as balances
from onehall.contexts.ledger.models import Posting
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, midnight
from onehall.journeys.decide_approval import decide_approval
from onehall.journeys.refund_balance import refund_balance
from onehall.readings.verification import verify_money
from onehall.runs.rate_calls import rate_calls
from onehall.steps.paying_out import BalanceRefundAwaited
from onehall.steps.prepaying import left_to
from onehall.steps.telephone_ending import GIVEN_UP, TO_BALANCE
from tests.cast import Cast
from tests.journeys.test_fixed_lines import EVERYWHERE, NUMBER, state
from tests.journeys.test_line_changes import alone, ends, left
from tests.journeys.test_verification import tampered
from tests.telephone import called, deliver, drafted


@pytest.fixture(autouse=True)
def books_agree(cast: Cast) -> Iterator[None]:
    """Whatever a story here does, afterwards everything agrees."""
    yield
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()


@pytest.fixture
def by(cast: Cast) -> Actor:
    """李敏 at her counter."""
    return cast.clerk()


def calls_at(cast: Cast, *callees: str, minutes: int = 1) -> None:
    """王建国 called an hour after he had the line; the exchange delivers it now, two hours after."""
    start = cast.now + timedelta(hours=1)
    cast.later(hours=2)
    deliver([called(NUMBER, f"{start:%Y-%m-%d %H:%M:%S}", 60 * minutes, one) for one in callees], at=cast.now)


@pytest.mark.rule("VOI-02", "BIL-02", "CHG-07", "LED-02")
def test_calls_that_were_delivered_are_charged_before_the_line_ends(cast: Cast, by: Actor) -> None:
    alone(cast, by)
    calls_at(cast, "02912345678", "01012345678")
    with pytest.raises(Refusal, match=r"还剩 69\.55 元"):
        ends(cast, by)
    assert left() == 800_000 and voice.suspense_counts(scope=EVERYWHERE) == {"": 2}, (
        "refused, nothing is half done"
    )
    ends(cast, by, GIVEN_UP)
    assert voice.suspense_counts(scope=EVERYWHERE) == {} and left() == 100_000
    assert [one.amount for one in Posting.objects.filter(batch__kind="earned", amount__gt=0)] == [6955]


@pytest.mark.rule("VOI-02", "CHG-07")
def test_a_line_whose_calls_nobody_can_charge_ends_once_the_price_is_there(cast: Cast, by: Actor) -> None:
    alone(cast, by)
    calls_at(cast, "0044123456")
    rate_calls(at=cast.now)
    cast.later(minutes=1)
    with pytest.raises(Refusal, match=r"1 次通话还不能计费（没有价格），最早的一次在 2026-11-23 10:00") as no:
        ends(cast, by, GIVEN_UP)
    assert (
        no.value.rule == "VOI-02"
        and "manager" in no.value.alternative("en")
        and "no price" in no.value.sentence("en")
    )
    assert not state(cast.now).closed
    (plan,) = [one for one in voice.plans(at=cast.now, scope=EVERYWHERE) if one.code == "yuezu"]
    priced = voice.Plan(
        plan.code,
        plan.name_zh,
        plan.name_en,
        plan.rent,
        plan.caller_id,
        (*plan.prices, ("international", 80_000)),
    )
    with transaction():
        voice.establish_plan(
            plan=priced, valid_from=midnight(date(2026, 1, 1)), source="试", by=None, at=cast.now
        )
    ends(cast, by, TO_BALANCE)
    assert state(cast.now).closed and voice.suspense_counts(scope=EVERYWHERE) == {}


@pytest.mark.rule("VOI-02", "BIL-04")
def test_a_call_that_comes_after_the_end_is_owed_on_the_closed_line_and_one_made_after_it_is_nobodys(
    cast: Cast, by: Actor
) -> None:
    """It happened while the line was his: the bill says so and the line owes it; nothing that was given back is taken again."""
    party = alone(cast, by)
    start = cast.later(hours=1)
    cast.later(hours=1)
    ends(cast, by, TO_BALANCE)
    after = cast.later(hours=1)
    deliver(
        [called(NUMBER, f"{one:%Y-%m-%d %H:%M:%S}", 600) for one in (start, after)], at=cast.later(hours=1)
    )
    rate_calls(at=cast.now)
    assert voice.suspense_counts(scope=EVERYWHERE) == {"unknown_account": 1}
    assert left() == 100_000 - 15_000 and left_to(party) == Money.yuan("70"), (
        "the month's half rent is billed yet"
    )
    cast.now = datetime(2026, 12, 1, 9, tzinfo=CHINA)
    run = drafted(date(2026, 11, 1), cast.sign_in("0201"), cast.now)
    (bill,) = voice.bills_of_run(run.id, outliers=False, limit=9, scope=EVERYWHERE)
    assert (bill.due, bill.closing) == (115_000, -15_000)


@pytest.mark.rule("BIL-02", "LED-01", "LED-02", "PAY-03", "SEC-04")
def test_what_is_left_goes_to_the_balance_and_from_there_in_cash_once_a_second_person_agreed(
    cast: Cast, by: Actor
) -> None:
    party = alone(cast, by)
    calls_at(cast, "02912345678")
    ends(cast, by, TO_BALANCE)
    assert (left_to(party), left()) == (Money.yuan("69.85"), 100_000)
    (moved,) = balances.movements_of([party], limit=9, scope=EVERYWHERE)
    assert (moved.kind, moved.reference) == (
        balances.Kind.MOVED_IN,
        voice.line(NUMBER, at=cast.now, scope=EVERYWHERE).id,
    )
    legs = Posting.objects.filter(batch__kind="moved").order_by("amount")
    assert [(one.account.code, one.amount) for one in legs] == [("220304", -6985), ("220303", 6985)]
    assert trail(scope=EVERYWHERE, limit=1, action="subscription.ended")[0].details["to_balance_fen"] == 6985
    for statement, title in (
        ("update voice_topup set amount = amount - 100 where source = 'balance'", "what ended lines gave came to balances"),
        ("delete from balances_movement where kind = 'moved_in'", "what ended lines gave came to balances"),
        ("update ledger_posting set amount = amount - 1 where amount = -6985", "the accounts of balances hold what customers have left"),
    ):  # fmt: skip
        with tampered(statement):
            assert title in {one.title.en for one in verify_money(scope=EVERYWHERE).findings}, statement
    paid_out(cast, by, party, Money.yuan("69.85"))
    assert left_to(party) == Money.zero()


def paid_out(cast: Cast, by: Actor, party: PartyId, amount: Money) -> None:
    """王建国 wants it in cash; the manager agrees."""
    asked: dict[str, Any] = {
        "party_id": party,
        "amount": amount,
        "reason": "销号退余额",
        "by": by,
        "at": cast.now,
    }
    with pytest.raises(BalanceRefundAwaited):
        refund_balance(approval=None, intent=uuid4(), **asked)
    (request,) = fetch_all("select max(id) as id from approvals_request")
    manager = cast.sign_in("0201")
    decide_approval(request_id=request["id"], approve=True, note="", intent=uuid4(), by=manager, at=cast.now)
    refund_balance(approval=request["id"], intent=uuid4(), **asked)
