"""When the first term begins after all: as booked, or by the installation, as the hall's policy says (ORD-09)."""

from datetime import date
from uuid import uuid4

import pytest

from onehall.contexts.fieldwork.api import WorkOrder
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local, midnight
from onehall.journeys.change_policy import change_policy
from onehall.journeys.finish_visit import finish_visit
from tests.cast import Cast
from tests.entrances.worksite import INSTALLER, Sign, Worksite

SOLD, BOOKED = date(2026, 11, 24), date(2026, 12, 1)
"""The day of the sales below and the first day booked for their terms: seven days later."""


@pytest.fixture
def site(cast: Cast) -> Worksite:
    return Worksite(cast)


def rule(site: Worksite, value: str) -> None:
    """周敏 sets the hall's policy; it holds from the next day, on which the stories below are told."""
    manager = site.who("0201")
    change_policy(
        key="subscriptions.start_rule", value=value, valid_from=midnight(SOLD), source="营业部 2026 年第 6 号通知",
        hall_id=manager.hall_id, by=manager, at=site.cast.now,
    )  # fmt: skip
    site.cast.later(days=1)


def done(site: Worksite, days: int = 0) -> WorkOrder:
    """Sold on SOLD, the installer at the door and finished so many days later."""
    case = site.in_work()
    at = site.cast.later(days=days, minutes=10)
    return finish_visit(
        intent=uuid4(), work_order=case.id, points=1, materials=[], method=Sign.PAPER,
        by=site.who(INSTALLER), at=at,
    )  # fmt: skip


def line_of(case: WorkOrder) -> tuple[date, date]:
    """First day and expiry of the line; what the network may do says the same."""
    assert case.subscription_id is not None
    line = subscriptions.subscription(subscription_id=case.subscription_id, scope=Scope.operator())
    (term,) = line.terms
    (access,) = fetch_all("select valid_from, valid_until from pub_provisioning_access")
    assert (access["valid_from"], access["valid_until"]) == (term.period.start, term.period.end)
    return local(term.period.start).date(), local(term.period.end).date()


def said(case: WorkOrder) -> dict[str, str]:
    (line,) = trail(scope=Scope.operator(), limit=1, action="work.finished", subject_id=str(case.id))
    return {name: value for name, value in line.details.items() if name.startswith("start")}


@pytest.mark.rule("ORD-09")
def test_as_the_hall_has_it_an_early_installation_starts_nothing_earlier(site: Worksite) -> None:
    site.cast.later(days=1)
    case = done(site, days=1)
    assert line_of(case) == (BOOKED, date(2027, 12, 1)) and said(case) == {}


@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize(("value", "days", "start"), [
    ("fixed", 10, BOOKED), ("earlier", 1, date(2026, 11, 25)), ("earlier", 10, BOOKED),
    ("installation", 1, date(2026, 11, 25)), ("installation", 10, date(2026, 12, 4)),
])  # fmt: skip
def test_the_policy_says_what_the_day_of_installation_does(
    site: Worksite, value: str, days: int, start: date
) -> None:
    rule(site, value)
    case = done(site, days)
    assert line_of(case) == (start, start.replace(year=2027))
    moved = {"start_booked": str(BOOKED), "start": str(start)}
    assert said(case) == (moved if start != BOOKED else {})


@pytest.mark.rule("ORD-09", "CHG-01")
def test_a_renewal_that_was_paid_meanwhile_follows_without_a_break(site: Worksite) -> None:
    rule(site, "earlier")
    case = site.in_work()
    clerk = site.who("0213")
    basket = site.cast.basket(clerk, case.party_id, case.dwelling_id, ("renewal", "bb20-year"))
    site.cast.pay(clerk, basket.id)
    finish_visit(
        intent=uuid4(), work_order=case.id, points=1, materials=[], method=Sign.PAPER,
        by=site.who(INSTALLER), at=site.cast.later(minutes=10),
    )  # fmt: skip
    assert case.subscription_id is not None
    line = subscriptions.subscription(subscription_id=case.subscription_id, scope=Scope.operator())
    days = [(local(term.period.start).date(), local(term.period.end).date()) for term in line.terms]
    assert days == [(SOLD, date(2027, 11, 24)), (date(2027, 11, 24), date(2028, 11, 24))]
    kept = fetch_all("select count(*) as n from subscriptions_term where cancelled_at is not null")
    assert kept[0]["n"] == 2, "what was sold stays as it was sold"
    (access,) = fetch_all("select valid_from, valid_until from pub_provisioning_access")
    assert (access["valid_from"], access["valid_until"]) == (midnight(SOLD), line.terms[-1].period.end)
