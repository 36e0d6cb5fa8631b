"""Desired and observed are brought together, whatever was lost on the way (NET-03), and who outlived his term is cut (NET-01)."""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onehall.contexts.provisioning.contracts import Act, LiveLine, Wish
from onehall.contexts.provisioning.rules import decide
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.values.period import CHINA
from onehall.runs.reconcile_network import reconcile_network
from tests.cast import Cast
from tests.network import Network, network_of

ACCOUNT = "dw0120502"
START, EXPIRY = datetime(2026, 11, 30, tzinfo=CHINA), datetime(2027, 11, 30, tzinfo=CHINA)
NOW = START + timedelta(days=100)
BOTH = frozenset({"until", "speed"})


@pytest.fixture
def net(cast: Cast) -> Iterator[Network]:
    """王建国's line in the middle of its term, the network told of everything that was sold."""
    cast.new_line(cast.clerk("0211", "4"))
    cast.now = NOW
    with network_of(cast) as network:
        network.deliver()
        yield network


def execute(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.rule("NET-01", "BIL-01")
def test_who_outlives_his_term_is_found_and_cut(net: Network) -> None:
    nas = net.device()
    nas.manners.ignores_timeout = True
    session = net.dial(nas, ACCOUNT)
    net.cast.now = EXPIRY + timedelta(seconds=4)
    assert net.sweep() == 0
    net.cast.now = EXPIRY + timedelta(seconds=6)
    assert net.sweep() == 1 and net.sweep() == 0, "one command for one account"
    net.deliver()
    assert not session.on_line


@pytest.mark.rule("NET-03", "CHG-01")
def test_a_renewal_whose_command_was_lost_lengthens_the_session_all_the_same(net: Network) -> None:
    nas = net.device()
    session = net.dial(nas, ACCOUNT, until=NOW + timedelta(days=1))
    assert net.reconcile() == 1 and net.reconcile() == 0
    assert [kind for kind, *_ in net.waiting()] == ["refresh"]
    net.deliver()
    assert net.seen(ACCOUNT)["granted_until"] == EXPIRY and session.on_line
    assert net.reconcile() == 0


@pytest.mark.rule("NET-03")
@pytest.mark.parametrize(
    "lost",
    ["delete from access.broadband", "update access.broadband set state = 'withdrawn'"],
    ids=["unknown", "withdrawn"],
)
def test_who_is_on_line_without_being_allowed_is_found(net: Network, lost: str) -> None:
    session = net.dial(net.device(), ACCOUNT)
    execute(lost)
    assert net.reconcile() == 1
    net.deliver()
    assert not session.on_line


@pytest.mark.rule("NET-03")
def test_what_a_device_never_told_is_no_difference(net: Network) -> None:
    net.dial(net.device(), ACCOUNT, down=None, up=None)
    execute("update access.session set granted_until = null")
    assert net.reconcile() == 0


_moments = st.one_of(st.none(), st.sampled_from([-3600, -1, 0, 1, 2, 3, 3600]))


def _wanted(wish: Wish, line: LiveLine) -> bool:
    """Whether the pure rule would tell a device anything. What is unknown is no difference; a moment's grace is given."""
    if wish.until is None or (wish.cut_before and line.started_at <= wish.cut_before):
        return True
    order = decide(wish=wish, line=line, live=BOTH, at=NOW)
    about = order.until is not None and line.granted_until is not None
    speed = order.speed is not None and None not in (line.granted_down_kbps, line.granted_up_kbps)
    return order.act is Act.CUT or about or speed


@pytest.mark.rule("NET-03")
@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    state=st.sampled_from(["active", "withdrawn", "unknown"]),
    begins=st.sampled_from([-86400, -10, 0, 10, 86400]),
    lasts=st.sampled_from([1, 9, 86400]),
    test=_moments, cut=_moments, granted=_moments,
    speed=st.sampled_from([(20480, 4096), (10240, 2048), (20480, 2048), (None, None)]),
    fixed=st.booleans(),
)  # fmt: skip
def test_the_comparison_of_all_finds_exactly_what_the_rule_for_one_would_change(
    cast: Cast, state: str, begins: int, lasts: int, test: int | None, cut: int | None, granted: int | None,
    speed: tuple[int | None, int | None], fixed: bool,
) -> None:  # fmt: skip
    if not fetch_one("select 1 from access.broadband"):
        cast.new_line(cast.clerk("0211", "4"))

    def moment(seconds: int | None) -> datetime | None:
        return None if seconds is None else NOW + timedelta(seconds=seconds)

    execute("delete from access.session")
    execute("update provisioning_command set done_at = now()")
    execute(
        "update access.broadband set state = %s, valid_from = %s, valid_until = %s, test_until = %s, cut_before = %s",
        "withdrawn" if state == "withdrawn" else "active", moment(begins), moment(begins + lasts), moment(test), moment(cut),
    )  # fmt: skip
    account = ACCOUNT if state != "unknown" else "ghost01"
    execute(
        "insert into access.session (unique_id, session_id, account, nas, started_at, updated_at, granted_until,"
        " granted_down_kbps, granted_up_kbps, fixed) values (%s, 's', %s, '127.0.0.1', %s, %s, %s, %s, %s, %s)",
        secrets.token_hex(6), account, moment(-60), NOW, moment(granted), *speed, fixed,
    )  # fmt: skip
    (row,) = fetch_all(
        "select s.*, access.allowed_until(%(at)s, b) as until, access.allowed_until(%(before)s, b) as until_before,"
        " b.down_kbps, b.up_kbps, b.cut_before from access.session s left join access.broadband b using (account)",
        {"at": NOW, "before": NOW - timedelta(seconds=5)},
    )
    line = LiveLine(
        account, "u", "s", "127.0.0.1", "", "", "", row["started_at"], row["granted_until"], *speed, fixed
    )
    wish = Wish(row["until"], row["down_kbps"] or 0, row["up_kbps"] or 0, row["cut_before"])
    in_grace = wish.until is None and row["until_before"] is not None
    cut_by_hand = wish.cut_before is not None and line.started_at <= wish.cut_before
    expected = (_wanted(wish, line) and not in_grace) or cut_by_hand
    assert reconcile_network(at=NOW) == int(expected)
