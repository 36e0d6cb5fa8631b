"""A drawer that was short: proposed with evidence, answered by the clerk, decided by a third person, and no pay is touched (PAY-04, LAW-04)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError

from onehall.contexts.workforce import api as workforce
from onehall.contexts.workforce.api import Cause, Outcome, Standing
from onehall.foundation.approvals import OwnRequest
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import Money
from onehall.journeys.answer_shortage import answer_shortage
from onehall.journeys.decide_shortage import decide_shortage
from onehall.journeys.propose_shortage import propose_shortage
from onehall.readings.shortages import short_drawers
from onehall.readings.todos import todos
from tests.cast import Cast, count
from tests.entrances.money_at_work import short_drawer
from tests.journeys.at_once import at_once
from tests.journeys.test_deposits import closed

EVERYWHERE = Scope.operator()


def proposed(cast: Cast, by: Actor, drawer: DrawerId, **more: Any) -> workforce.Shortage:
    given = {"cause": Cause.MISCOUNT, "evidence": "三次清点，监控 17:40", "intent": uuid4(), **more}
    return propose_shortage(drawer_id=drawer, **given, by=by, at=cast.now)


def answered(cast: Cast, by: Actor, number: int, yes: bool = True, words: str = "") -> workforce.Shortage:
    given = {"acknowledged": yes, "words": words, "intent": uuid4()}
    return answer_shortage(shortage_id=number, **given, by=by, at=cast.now)  # type: ignore[arg-type]


def decided(
    cast: Cast, by: Actor, number: int, outcome: Outcome = Outcome.CLERK, ground: str = "本人认可"
) -> workforce.Shortage:
    return decide_shortage(
        shortage_id=number, outcome=outcome, ground=ground, intent=uuid4(), by=by, at=cast.now
    )


def waits(cast: Cast, by: Actor) -> list[str]:
    return [one.href for one in todos(by=by, at=cast.now, limit=20, scope=by.scope) if one.kind == "shortage"]


@pytest.mark.rule("PAY-04", "LAW-04")
def test_from_the_short_drawer_to_the_decision_and_nothing_is_cut(cast: Cast) -> None:
    manager = cast.sign_in("0201")
    drawer = short_drawer(cast, manager)
    (short,) = short_drawers(hall=manager.hall_id, apart_from=0, limit=9, scope=EVERYWHERE)
    assert (short.drawer_id, short.clerk, short.short, short.reason) == (
        drawer,
        "郑洁",
        Money(1000),
        "找零多付",
    )
    made = proposed(cast, manager, drawer)
    assert (made.amount, made.clerk_name, made.proposed_name) == (Money(1000), "郑洁", "周敏"), (
        "nobody types the amount"
    )
    assert made.answer_by == cast.now + timedelta(hours=48)
    assert short_drawers(hall=manager.hall_id, apart_from=0, limit=9, scope=EVERYWHERE) == ()
    with pytest.raises(workforce.ShortageRefused):
        proposed(cast, manager, drawer, evidence="又一次")
    clerk, chief = cast.sign_in("0211"), cast.sign_in("0101")
    assert waits(cast, clerk) == [f"/board/shortages/{made.id}"] and waits(cast, chief) == []
    with pytest.raises(workforce.ShortageRefused):
        decided(cast, chief, made.id)
    with pytest.raises(workforce.Unsaid):
        answered(cast, clerk, made.id, yes=False, words=" ")
    postings, entries = count("ledger_posting"), count("custody_drawerentry")
    assert answered(cast, clerk, made.id, yes=False, words="监控里是客户少给").acknowledged is False
    assert waits(cast, clerk) == [] and waits(cast, chief) == [f"/board/shortages/{made.id}"]
    with pytest.raises(workforce.Unsaid):
        decided(cast, chief, made.id, ground="")
    done = decided(cast, chief, made.id, Outcome.COMPANY, "监控不清")
    assert (done.outcome, done.decided_name, done.ground) == (Outcome.COMPANY, "马骏", "监控不清")
    assert workforce.standing(done, at=cast.now) is Standing.DECIDED and waits(cast, chief) == []
    with pytest.raises(workforce.ShortageRefused):
        decided(cast, chief, made.id)
    assert count("custody_drawerentry") == entries, "a decision moves no money"
    assert count("ledger_posting") == postings + 2, "what was pending is the company's loss now"
    lines = trail(scope=EVERYWHERE, limit=9, subject="shortage")
    assert [one.action for one in reversed(lines)] == [
        "shortage.proposed",
        "shortage.answered",
        "shortage.decided",
    ]


@pytest.mark.rule("LAW-04")
def test_who_may_not(cast: Cast) -> None:
    manager = cast.sign_in("0201")
    made = proposed(cast, manager, short_drawer(cast, manager))
    clerk, colleague = cast.sign_in("0211"), cast.sign_in("0213")
    with pytest.raises(workforce.ShortageRefused):
        answered(cast, colleague, made.id)
    with pytest.raises(NotPermitted):
        proposed(cast, clerk, made.drawer_id)
    answered(cast, clerk, made.id)
    with pytest.raises(OwnRequest):
        decided(cast, manager, made.id)
    with pytest.raises(OwnRequest):
        decided(cast, clerk, made.id)
    with pytest.raises(NotPermitted):
        decided(cast, colleague, made.id)
    with pytest.raises(NotFound):
        answered(cast, cast.sign_in("0311", hall="guandi"), made.id)
    assert count("workforce_shortagedecision") == 0


@pytest.mark.rule("LAW-04")
def test_silence_for_48_hours_does_not_decide_but_lets_decide(cast: Cast) -> None:
    manager = cast.sign_in("0201")
    made = proposed(cast, manager, short_drawer(cast, manager))
    cast.later(hours=47, minutes=59)
    with pytest.raises(workforce.ShortageRefused):
        decided(cast, cast.sign_in("0101"), made.id)
    cast.later(minutes=1)
    chief = cast.sign_in("0101")
    assert waits(cast, chief) == [f"/board/shortages/{made.id}"]
    assert answered(cast, cast.sign_in("0211"), made.id, words="出差刚回").answered_at == cast.now, (
        "late, and still heard"
    )
    assert decided(cast, chief, made.id).outcome is Outcome.CLERK


@pytest.mark.rule("PAY-04", "LAW-02")
def test_a_note_that_the_detector_did_not_recognise_is_never_the_clerks(cast: Cast) -> None:
    manager = cast.sign_in("0201")
    made = proposed(cast, manager, short_drawer(cast, manager), cause=Cause.COUNTERFEIT)
    answered(cast, cast.sign_in("0211"), made.id)
    chief = cast.sign_in("0101")
    with pytest.raises(workforce.ShortageRefused) as refused:
        decided(cast, chief, made.id, Outcome.CLERK)
    assert "公司处理" in refused.value.sentence("zh")
    assert decided(cast, chief, made.id, Outcome.COMPANY, "验钞机没有识别").outcome is Outcome.COMPANY


@pytest.mark.rule("PAY-04")
def test_a_drawer_that_agrees_or_is_still_open_is_no_shortage(cast: Cast) -> None:
    manager, agrees = closed(cast)
    chief = cast.sign_in("0241")
    for drawer in (agrees,):
        with pytest.raises(workforce.ShortageRefused):
            proposed(cast, chief, drawer)
    open_one = cast.clerk("0211", "2")
    found = fetch_all("select id from custody_drawersession where by_id = %(by)s", {"by": open_one.user_id})
    with pytest.raises(workforce.ShortageRefused):
        proposed(cast, chief, DrawerId(found[0]["id"]))
    assert count("workforce_shortage") == 0 and manager.user_id


@pytest.mark.rule("LAW-04")
@pytest.mark.parametrize(
    "statement",
    [
        "update workforce_shortage set amount = 1", "delete from workforce_shortageanswer",
        "update workforce_shortagedecision set outcome = 'clerk'",
    ],
)  # fmt: skip
def test_the_database_keeps_what_was_said(cast: Cast, statement: str) -> None:
    manager = cast.sign_in("0201")
    made = proposed(cast, manager, short_drawer(cast, manager))
    answered(cast, cast.sign_in("0211"), made.id)
    decided(cast, cast.sign_in("0101"), made.id)
    with pytest.raises(ProgrammingError, match="Cannot"), transaction():
        fetch_all(statement)


@pytest.mark.rule("LAW-04")
def test_the_database_refuses_a_proposal_against_oneself(cast: Cast) -> None:
    manager = cast.sign_in("0201")
    drawer = short_drawer(cast, manager)
    insert = (
        "insert into workforce_shortage (hall_id, drawer_id, clerk_id, amount, cause, evidence, proposed_by_id, proposed_at,"
        " answer_by) values (%(hall)s, %(drawer)s, %(by)s, 1, 'miscount', '试', %(by)s, %(at)s, %(at)s) returning id"
    )
    with pytest.raises(IntegrityError), transaction():
        fetch_all(insert, {"hall": manager.hall_id, "drawer": drawer, "by": manager.user_id, "at": cast.now})


@pytest.mark.rule("LAW-04", "ORD-13")
def test_two_who_decide_at_once_decide_once(real_cast: Cast) -> None:
    cast = real_cast
    manager = cast.sign_in("0201")
    made = proposed(cast, cast.sign_in("0241"), short_drawer(cast, manager))
    answered(cast, cast.sign_in("0211"), made.id)
    chief = cast.sign_in("0101")
    outcomes = at_once(
        lambda: decided(cast, chief, made.id, Outcome.CLERK), lambda: decided(cast, manager, made.id, Outcome.DROPPED)
    )  # fmt: skip
    assert sorted(type(one).__name__ for one in outcomes) == ["Shortage", "ShortageRefused"]
    assert count("workforce_shortagedecision") == 1
