"""The network obeys: cut at the end of a term, faster when that was paid, and nothing is lost while a device is away."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from onehall.adapters.radius import codec
from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import CHINA, Period
from tests.cast import Cast, count, dwelling
from tests.network import Network, network_of

ACCOUNT = "dw0120502"
START, EXPIRY = datetime(2026, 11, 30, tzinfo=CHINA), datetime(2027, 11, 30, tzinfo=CHINA)


@pytest.fixture
def net(cast: Cast) -> Iterator[Network]:
    """王建国 has broadband for a year from 2026-11-30, and today is a day in it. Devices have little time to answer here."""
    cast.new_line(cast.clerk("0211", "4"))
    cast.now = START + timedelta(days=100)
    with network_of(cast) as network:
        yield network


def _book(net: Network) -> PolicyBook:
    return policy_book(hall_id=None, at=net.cast.now)


def slower_next_year(net: Network) -> None:
    """What a renewal with another speed leaves in this room, as the desk may sell it some day (CAT-02)."""
    (line,) = fetch_all("select subscription_id from access.broadband")
    term = Period(EXPIRY, EXPIRY + timedelta(days=365))
    grant = provisioning.Grant(ACCOUNT, line["subscription_id"], term, 10240, 2048, "bb-10m", is_new=False)
    with transaction():
        provisioning.grant_access(
            grants=[grant], policy=provisioning.secret_policy(_book(net)), at=net.cast.now
        )


def renew(net: Network, offering: str = "bb20-year") -> None:
    clerk = net.cast.clerk(counter="1", drawer=count("custody_drawersession") < 2)
    home = dwelling("dw", "1", "2", "502")
    party = fetch_all("select party_id from subscriptions_subscription")[0]["party_id"]
    net.cast.pay(clerk, net.cast.basket(clerk, party, home, ("renewal", offering)).id)


def pending(net: Network) -> bool:
    state = provisioning.access(account=ACCOUNT, at=net.cast.now, scope=Scope.operator())
    assert state is not None
    return state.pending


def withdraw(net: Network) -> None:
    with transaction():
        provisioning.withdraw_access(account=ACCOUNT, at=net.cast.now)


@pytest.mark.rule("NET-01", "NET-03")
def test_a_withdrawn_account_is_cut_and_no_longer_shown_as_waiting(net: Network) -> None:
    nas = net.device()
    session, other = net.dial(nas, ACCOUNT), nas.attach("somebody-else")
    withdraw(net)
    assert pending(net)
    net.deliver()
    assert not session.on_line and other.on_line
    assert not pending(net) and net.seen(ACCOUNT)["cut_at"] == net.cast.now
    assert net.nas(nas)["heard_at"] == net.cast.now


@pytest.mark.rule("NET-03", "NET-02")
def test_where_nobody_is_on_line_there_is_nothing_to_tell(net: Network) -> None:
    renew(net)
    assert net.waiting() == [] and not pending(net)
    withdraw(net)
    assert pending(net)
    net.deliver()
    assert net.waiting() == [] and not pending(net)


@pytest.mark.rule("NET-01", "CHG-01")
def test_a_renewal_lengthens_the_session_under_way_without_dropping_it(net: Network) -> None:
    nas = net.device()
    session = net.dial(nas, ACCOUNT)
    before = session.ends_at
    renew(net)
    net.deliver()
    assert session.on_line and before is not None and session.ends_at is not None
    assert session.ends_at - before == pytest.approx(366 * 86400, abs=5)  # 2028 has a 29 February
    assert net.seen(ACCOUNT)["granted_until"] == datetime(2028, 11, 30, tzinfo=CHINA)
    assert nas.told == [("change", ACCOUNT)] and net.reconcile() == 0


@pytest.mark.rule("CAT-02", "NET-01")
def test_another_speed_begins_with_the_first_second_of_its_term_and_nobody_is_dropped(net: Network) -> None:
    nas = net.device()
    session = net.dial(nas, ACCOUNT)
    slower_next_year(net)
    net.deliver()
    assert (net.seen(ACCOUNT)["granted_down_kbps"], session.attributes) == (20480, {})
    net.cast.now = EXPIRY - timedelta(seconds=1)
    net.deliver()
    assert session.attributes == {} and net.waiting() == []
    net.cast.now = EXPIRY
    net.deliver()
    assert session.attributes["Huawei-Output-Average-Rate"] == 10_240_000
    assert session.on_line and net.seen(ACCOUNT)["granted_down_kbps"] == 10240
    assert count("access.planned_speed") == 0 and net.reconcile() == 0


@pytest.mark.rule("CAT-02", "NET-01")
def test_a_device_that_cannot_change_speeds_lets_go_so_that_the_line_comes_back_with_the_other(
    net: Network,
) -> None:
    nas = net.device()
    nas.manners.nak = 405
    session = net.dial(nas, ACCOUNT)
    slower_next_year(net)
    net.deliver()
    assert session.on_line, "a longer term can wait until the session ends by itself"
    assert net.seen(ACCOUNT)["fixed"] and not pending(net) and net.reconcile() == 0
    net.cast.now = EXPIRY
    net.deliver()
    assert not session.on_line and nas.told == [("change", ACCOUNT), ("cut", ACCOUNT)]


@pytest.mark.rule("NET-03")
def test_while_the_device_is_away_the_command_waits_and_says_why(net: Network) -> None:
    nas = net.device()
    session = net.dial(nas, ACCOUNT)
    nas.manners.silent = True
    withdraw(net)
    net.deliver()
    assert net.waiting() == [("disconnect", ACCOUNT, 1, "silent")] and pending(net)
    assert provisioning.obstacle("silent").zh == "接入设备没有应答"
    nas.manners.silent = False
    net.deliver()
    assert session.on_line, "not before its time"
    net.cast.later(seconds=10)
    net.deliver()
    assert not session.on_line and not pending(net)


@pytest.mark.rule("NET-03")
def test_a_device_that_was_silent_too_often_rests_and_is_tried_again(net: Network) -> None:
    nas = net.device()
    session = net.dial(nas, ACCOUNT)
    nas.manners.silent = True
    withdraw(net)
    for _ in range(3):
        net.deliver()
        net.cast.later(seconds=60)
    assert net.nas(nas)["failures"] == 3
    asleep = net.nas(nas)["resting_until"]
    assert asleep is not None
    net.cast.now = asleep - timedelta(seconds=1)
    with transaction():
        provisioning.cut_sessions(account=ACCOUNT, at=net.cast.now)
    heard = len(nas.told)
    net.deliver()
    assert [why for *_, why in net.waiting()][-1] == "resting" and len(nas.told) == heard
    nas.manners.silent = False
    net.cast.later(minutes=20)
    net.deliver()
    assert not session.on_line and net.waiting() == []
    assert (net.nas(nas)["failures"], net.nas(nas)["resting_until"], net.nas(nas)["last_error"]) == (
        0,
        None,
        "",
    )


@pytest.mark.rule("NET-03")
def test_a_worker_that_dies_with_a_command_in_hand_loses_nothing(net: Network) -> None:
    nas = net.device()
    session = net.dial(nas, ACCOUNT)
    withdraw(net)
    with transaction():
        book = _book(net)
        assert provisioning.take_commands(limit=10, book=book, at=net.cast.now)
    net.deliver()
    assert session.on_line, "it is leased to the dead one"
    net.cast.later(seconds=30)
    net.deliver()
    assert not session.on_line


@pytest.mark.rule("NET-03")
def test_a_session_that_the_device_lost_is_closed_here_too(net: Network) -> None:
    nas = net.device()
    nas.sessions.remove(net.dial(nas, ACCOUNT))
    withdraw(net)
    net.deliver()
    assert count("access.session") == 0 and not pending(net)
    (ended,) = fetch_all("select account, cause from access.session_ended")
    assert ended == {"account": ACCOUNT, "cause": "Lost-Contact"}


@pytest.mark.rule("NET-03")
def test_a_session_on_a_device_that_nobody_registered_is_told_apart(net: Network) -> None:
    nas = net.device()
    session = net.dial(nas, ACCOUNT)
    fetch_all("update access.nas set state = 'retired' returning id")
    withdraw(net)
    net.deliver()
    assert session.on_line and net.waiting() == [("disconnect", ACCOUNT, 1, "unknown_device")]


@pytest.mark.rule("NET-01", "CHG-04")
def test_a_cut_ends_what_began_before_it_and_lets_back_in_who_may(net: Network) -> None:
    nas = net.device()
    before = net.dial(nas, ACCOUNT)
    with transaction():
        assert provisioning.cut_sessions(account=ACCOUNT, at=net.cast.now) == 1
    net.deliver()
    assert not before.on_line
    net.hang_up(ACCOUNT)
    net.cast.later(seconds=1)
    after = net.dial(nas, ACCOUNT)
    assert net.reconcile() == 0
    net.deliver()
    assert after.on_line


@pytest.mark.rule("NET-01")
def test_a_device_that_says_it_cut_and_did_not_is_told_again(net: Network) -> None:
    nas = net.device()
    nas.manners.deaf = True
    session = net.dial(nas, ACCOUNT)
    withdraw(net)
    net.deliver()
    assert net.reconcile() == 0, "its word stands for a while"
    nas.manners.deaf = False
    net.cast.later(minutes=1)
    assert net.reconcile() == 1
    net.deliver()
    assert not session.on_line


@pytest.mark.rule("NET-03")
def test_one_device_whose_secret_is_lost_keeps_nothing_from_the_others(net: Network) -> None:
    lost, well = net.device("127.0.0.2"), net.device()
    ghost, session = net.dial(lost, "ghost01"), net.dial(well, ACCOUNT)
    with connection.cursor() as cursor:
        cursor.execute("update access.nas set secret = 'unreadable' where address = '127.0.0.2'")
    with transaction():
        provisioning.cut_sessions(account="ghost01", at=net.cast.now)
    withdraw(net)
    net.deliver()
    assert not session.on_line and ghost.on_line
    assert net.waiting() == [("disconnect", "ghost01", 1, "no_secret")]


@pytest.mark.rule("NET-03")
def test_our_own_mistake_about_one_session_keeps_nothing_from_the_others(
    net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    nas = net.device()
    ghost, session = net.dial(nas, "ghost01"), net.dial(nas, ACCOUNT)
    real = codec.request

    def crooked(**facts: Any) -> Any:
        if facts["line"].account == "ghost01":
            raise LookupError("a mistake of ours")
        return real(**facts)

    monkeypatch.setattr(codec, "request", crooked)
    with transaction():
        provisioning.cut_sessions(account="ghost01", at=net.cast.now)
    withdraw(net)
    net.deliver()
    assert not session.on_line and ghost.on_line
    assert net.waiting() == [("disconnect", "ghost01", 1, "trouble")]
