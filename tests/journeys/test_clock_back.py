"""The clock of the server is set back an hour in the middle of the day: work goes on, and the books still agree."""

from uuid import uuid4

import pytest

from onehall.foundation import audit
from onehall.foundation.outbox.relay import relay
from onehall.foundation.scopes import Scope
from onehall.journeys.void_sale import void_sale
from onehall.readings.verification import verify_money
from onehall.runs.end_due_subscriptions import end_due_subscriptions
from tests.cast import Cast, count, dwelling, wang

EVERYWHERE = Scope.operator()


@pytest.mark.rule("LED-02", "LED-03", "SEC-09")
def test_a_clock_set_back_an_hour_breaks_nothing(cast: Cast) -> None:
    clerk = cast.clerk()
    first = cast.new_line(clerk)
    other = cast.registered(clerk, wang("张三"))
    waiting = cast.basket(clerk, other.id, dwelling("dw", "1", "2", "503"), ("new_broadband", "bb20-year"))
    audit.seal(limit=1000)
    cast.later(hours=-1)
    second = cast.pay(clerk, waiting.id)
    assert second.seconds >= 0
    assert int(second.receipt_number) == int(first.receipt_number) + 1
    again = cast.basket(clerk, other.id, dwelling("dw", "1", "2", "503"), ("renewal", "bb20-year"))
    third = cast.pay(clerk, again.id)
    void_sale(
        payment_id=first.payment_id, reason="客户改主意", copies_present=3, intent=uuid4(), by=clerk, at=cast.now
    )  # fmt: skip
    relay(at=cast.now)
    end_due_subscriptions(at=cast.now)
    audit.seal(limit=1000)
    assert int(third.receipt_number) == int(second.receipt_number) + 1
    assert verify_money(scope=EVERYWHERE).findings == ()
    chain = audit.verify()
    assert (chain.sound, chain.unsealed) == (True, 0)
    assert count("outbox_outboxevent", "taken_at is null") == 0
