"""The installer tests the line although its paid term begins later, as long as the visit lasts (ORD-09)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from onehall.contexts.fieldwork.api import WorkOrder
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import midnight
from onehall.journeys.abandon_visit import abandon_visit
from onehall.journeys.change_policy import change_policy
from onehall.journeys.finish_visit import finish_visit
from onehall.journeys.start_visit import start_visit
from tests.cast import Cast
from tests.entrances.worksite import INSTALLER, Sign, Worksite
from tests.network import Network, network_of


@pytest.fixture
def site(cast: Cast) -> Worksite:
    return Worksite(cast)


@pytest.fixture
def net(cast: Cast) -> Iterator[Network]:
    with network_of(cast) as network:
        yield network


def allowed(net: Network, account: str) -> bool:
    """What the RADIUS server would answer now."""
    found = fetch_one(
        "select access.allowed_until(%(at)s, b) as until from access.broadband b where account = %(account)s",
        {"at": net.cast.now, "account": account},
    )
    assert found is not None
    return found["until"] is not None


def finish(net: Network, site: Worksite, case: WorkOrder) -> None:
    finish_visit(
        intent=uuid4(), work_order=case.id, points=1, materials=[], method=Sign.PAPER,
        by=site.who(INSTALLER), at=net.cast.later(minutes=10),
    )  # fmt: skip


def windows() -> list[tuple[str, str]]:
    rows = fetch_all("select account, closed_why from access.line_test order by id")
    return [(row["account"], row["closed_why"]) for row in rows]


@pytest.mark.rule("ORD-09")
def test_the_line_works_while_the_installer_is_there_and_not_before_nor_after(
    net: Network, site: Worksite
) -> None:
    case = site.to_visit()
    assert not allowed(net, case.account), "its term begins in a week"
    start_visit(intent=uuid4(), work_order=case.id, by=site.who(INSTALLER), at=net.cast.later(minutes=30))
    assert allowed(net, case.account)
    session = net.dial(net.device(), case.account)
    assert net.seen(case.account)["granted_until"] == net.cast.now + timedelta(hours=4)
    assert net.reconcile() == 0, "it is as it should be"
    site.cast.later(minutes=5)
    abandon_visit(
        intent=uuid4(), work_order=case.id, note="光缆断了", by=site.who(INSTALLER), at=net.cast.now
    )
    assert not allowed(net, case.account)
    net.deliver()
    assert not session.on_line and windows() == [(case.account, "abandoned")]
    opened, closed = (
        trail(scope=Scope.operator(), limit=1, action=f"access.test_{what}")[0]
        for what in ("opened", "closed")
    )
    assert (opened.subject_id, closed.details["why"]) == (str(case.id), "abandoned")


@pytest.mark.rule("ORD-09", "NET-01")
def test_a_window_that_nobody_closes_closes_by_itself(net: Network, site: Worksite) -> None:
    case = site.in_work(tested=False)
    nas = net.device()
    nas.manners.ignores_timeout = True
    survivor = net.dial(nas, case.account)
    net.cast.later(hours=4, seconds=4)
    assert not allowed(net, case.account) and net.sweep() == 0, "the device has a moment to do it itself"
    net.cast.later(seconds=2)
    assert net.sweep() == 1
    net.deliver()
    assert not survivor.on_line
    net.reconcile()
    assert windows() == [(case.account, "over")]


@pytest.mark.rule("ORD-09")
def test_where_the_term_begins_with_the_installation_the_test_goes_over_into_it(
    net: Network, site: Worksite
) -> None:
    case = site.in_work()
    manager = site.who("0201")
    change_policy(
        key="subscriptions.start_rule", value="installation", valid_from=midnight(net.cast.now.date()), source="通知",
        hall_id=manager.hall_id, by=manager, at=net.cast.now,
    )  # fmt: skip
    session = net.dial(net.device(), case.account)
    finish(net, site, case)
    net.deliver()
    (access,) = fetch_all("select valid_until, test_until from access.broadband")
    assert session.on_line and net.seen(case.account)["granted_until"] == access["valid_until"]
    assert access["test_until"] is None and windows() == [(case.account, "finished")]


@pytest.mark.rule("ORD-09")
def test_where_the_term_stays_as_booked_the_line_rests_until_then(net: Network, site: Worksite) -> None:
    case = site.in_work()
    session = net.dial(net.device(), case.account)
    finish(net, site, case)
    net.deliver()
    assert not session.on_line and not allowed(net, case.account)
    net.cast.later(days=7)
    assert allowed(net, case.account)
