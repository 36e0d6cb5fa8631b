"""The demo's story is told once, by the people of the hall, and leaves a hall at work."""

from datetime import datetime, timedelta

import pytest

from onehall.contexts.banking import api as banking
from onehall.contexts.custody import api as custody
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.contracts import State
from onehall.contexts.organisation import api as organisation
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.entrances.console import story
from onehall.entrances.console.story_invitation import invitation
from onehall.foundation.audit.trail import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.identity import services as identity
from onehall.foundation.profiles import load_profile
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import CHINA
from onehall.readings.deposits import to_deposit
from onehall.readings.verification import verify_money
from tests.cast import Cast, count, dwelling

EVERYWHERE = Scope.operator()
DAWEI = load_profile("dawei")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)
TABLES = ("orders_basket", "ledger_payment", "fieldwork_visit", "customers_accesspurpose", "audit_auditentry")


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty people sign in; that a password is checked thoroughly is another test's matter."""
    monkeypatch.setattr(identity, "check_password", lambda given, _: given == DAWEI.demo_password)


class PowerCut(Exception):
    """The story breaks off here."""


def test_the_story_leaves_work_in_every_state_and_a_free_counter_and_is_told_once(real_cast: Cast) -> None:
    assert DAWEI.story is not None
    assert story.tell(DAWEI, now=NOON) == len(DAWEI.story.in_order())
    open_states = set(State) - {State.TO_ARCHIVE, State.ARCHIVED, State.WITHDRAWN}
    assert set(fieldwork.counts(scope=EVERYWHERE)) >= open_states
    assert count("pub_fieldwork_work_order", "state = 'archived'") > 0
    assert count("pub_fieldwork_work_order", "state = 'withdrawn'") > 0
    hall = organisation.hall_by_code("xinyuan", scope=EVERYWHERE)
    seats = {counter.no: counter.id for counter in organisation.counters(hall.id, scope=EVERYWHERE)}
    assert custody.drawer_of_counter(seats["3"], scope=EVERYWHERE) is None
    assert custody.drawer_of_counter(seats["2"], scope=EVERYWHERE) is not None
    opened = [drawer.opened_at.astimezone(CHINA).date() for drawer in custody.open_drawers(scope=EVERYWHERE)]
    assert set(opened) == {NOON.date()}, "every evening was settled"
    told = banking.findings(hall.id, bank_days=1, today=NOON.date(), scope=EVERYWHERE)
    assert {finding.verdict.value for finding in told} <= {"matched", "awaited"} and len(told) > 1
    left = to_deposit(hall=hall.id, hour=19, at=NOON, scope=EVERYWHERE)
    assert [one.closed_at for one in left] == [None], "only the drawer in use holds takings"
    (gao,) = voice.lines_of(phones(), at=NOON, scope=EVERYWHERE)
    assert voice.balance(gao.id, scope=EVERYWHERE) == 779_000, (
        "50 and 30 paid in, 7.10 of calls, 5.00 of credit"
    )
    invited = invitation(DAWEI)
    assert invited is not None
    assert "0213 李敏" in invited[0]
    assert "3 号台席" in invited[0]
    assert count("identity_session", "ended_at is null") == 0
    assert NOON < _expiry("dw", "1", "2", "502") < NOON + timedelta(days=30)  # 王建国
    assert _expiry("dw", "10", "1", "502") < NOON  # 何桂香
    before = [count(table) for table in TABLES]
    assert story.tell(DAWEI, now=NOON + timedelta(days=3)) is None
    assert [count(table) for table in TABLES] == before


def test_a_telling_that_broke_off_is_told_to_its_end(
    real_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails right after a payment; the next start may be on another day."""
    taken, pay = [], story.take_payment

    def failing(**facts: object) -> object:
        paid = pay(**facts)  # type: ignore[arg-type]
        taken.append(paid)
        if len(taken) == 7:
            raise PowerCut
        return paid

    monkeypatch.setattr(story, "take_payment", failing)
    with pytest.raises(PowerCut):
        story.tell(DAWEI, now=NOON)
    assert story.tell(DAWEI, now=NOON + timedelta(days=1)) is not None
    assert DAWEI.story is not None
    sales = sum(step.do in ("sell", "recharge") for _, step in DAWEI.story.in_order())
    assert count("ledger_payment") == sales
    assert count("customers_party") == len(DAWEI.story.customer)
    assert {
        drawer.opened_at.astimezone(CHINA).date() for drawer in custody.open_drawers(scope=EVERYWHERE)
    } <= {NOON.date()}
    assert verify_money(scope=EVERYWHERE).findings == ()


def test_a_hall_with_customers_of_its_own_gets_no_invented_ones(real_cast: Cast) -> None:
    real_cast.registered(real_cast.clerk())
    assert story.tell(DAWEI, now=NOON) is None
    assert count("customers_party") == 1
    assert trail(scope=EVERYWHERE, limit=1, action="demo.story_begun") == []


def phones() -> list[int]:
    """The subscriptions of the demo's telephone lines."""
    return [
        row["id"] for row in fetch_all("select id from subscriptions_subscription where kind = 'fixed_line'")
    ]


def _expiry(*home: str) -> datetime:
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling(*home), scope=EVERYWHERE)
    assert line.expires_at is not None
    return line.expires_at
