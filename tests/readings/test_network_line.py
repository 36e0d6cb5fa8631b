"""A line as it is read: the diagnosis from live facts, sessions, traffic, refusals (NET-04)."""

from datetime import timedelta

import pytest

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Scope
from onehall.readings.network.line import LineView, line
from tests import network_life as net
from tests.cast import Cast

ACCOUNT, MINUTE = "dw0120502", timedelta(minutes=1)
LIMITS = provisioning.DiagnosisLimits(
    outage_lines=2, outage=10 * MINUTE, session_silent=30 * MINUTE, device_silent=30 * MINUTE,
    refusals=timedelta(days=1),
)  # fmt: skip


def seen(cast: Cast, account: str = ACCOUNT) -> LineView:
    return line(account=account, limits=LIMITS, at=cast.now, scope=Scope.operator())


@pytest.fixture
def paid(cast: Cast) -> Cast:
    """王建国's line, three days after its term began."""
    clerk = cast.clerk()
    for room in ("502", "501", "601"):
        cast.new_line(clerk, room)
    cast.later(days=10)
    net.device(cast.now)
    return cast


@pytest.mark.rule("NET-04")
def test_a_line_on_line_tells_session_traffic_and_refusals(paid: Cast) -> None:
    net.on_line(ACCOUNT, paid.now - 90 * MINUTE, paid.now - MINUTE)
    net.refused(ACCOUNT, paid.now - 100 * MINUTE)
    net.was_on_line(ACCOUNT, paid.now - 600 * MINUTE, paid.now - 120 * MINUTE)
    net.traffic(ACCOUNT, paid.now, 1.5, 2.5)
    found = seen(paid)
    assert found.verdict.cause is provisioning.Cause.ON_LINE
    assert [one.device for one in found.sessions] == ["馨苑BRAS-1"]
    assert [one.cause for one in found.ended] == ["User-Request"]
    assert [round(day.down_octets / 9e8, 1) for day in found.usage] == [1.5, 2.5]
    assert [one.words.zh for one in found.refusals] == ["密码不对"]
    assert found.device is not None


@pytest.mark.rule("NET-04")
def test_neighbours_that_dropped_together_are_an_outage_and_those_who_hung_up_are_not(paid: Cast) -> None:
    for neighbour in ("dw0120501", "dw0120601"):
        net.was_on_line(neighbour, paid.now - 600 * MINUTE, paid.now - 2 * MINUTE, "Session-Timeout")
    assert seen(paid).verdict.cause is provisioning.Cause.NOTHING_ASKED
    for neighbour in ("dw0120501", "dw0120601"):
        net.was_on_line(neighbour, paid.now - 600 * MINUTE, paid.now - 3 * MINUTE, "Lost-Carrier")
    assert seen(paid).verdict.cause is provisioning.Cause.OUTAGE
    net.on_line("dw0120501", paid.now - MINUTE, paid.now)
    assert seen(paid).verdict.cause is provisioning.Cause.NOTHING_ASKED, "one of them is back"


@pytest.mark.rule("NET-04")
def test_an_account_nobody_has_is_unknown_not_an_error(paid: Cast) -> None:
    assert seen(paid, "zz9999999").verdict.cause is provisioning.Cause.UNKNOWN


@pytest.mark.rule("NET-03", "NET-04")
def test_a_command_that_waits_is_told(paid: Cast) -> None:
    with transaction():
        provisioning.withdraw_access(account=ACCOUNT, at=paid.now)
    found = seen(paid)
    assert [one.kind for one in found.waiting] == ["disconnect"]
    assert found.verdict.cause is provisioning.Cause.WITHDRAWN
