"""The hall's network at a glance and its long lists: within the halls one may see, a month at a time (NET-03, NET-04)."""

from datetime import date, timedelta

import pytest

from onehall.contexts.organisation.models import Hall
from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import Period
from onehall.readings.network import sessions as reading
from onehall.readings.network.board import backlog, compounds, devices, refusals, unfulfilled
from onehall.readings.network.line import BROKEN
from onehall.readings.network.sessions import SessionPage, SessionsAsked, sessions
from tests import network_life as net
from tests.cast import Cast

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EVERYWHERE = Scope.operator()


@pytest.fixture
def paid(cast: Cast) -> Cast:
    """Three lines in 馨苑, ten days after they were bought."""
    clerk = cast.clerk()
    for room in ("501", "502", "601"):
        cast.new_line(clerk, room)
    cast.later(days=10)
    net.device(cast.now)
    return cast


def hall(code: str) -> Scope:
    return Scope.of(Hall.objects.get(code=code).pk)


def today(cast: Cast, **more: str) -> SessionsAsked:
    return SessionsAsked(False, Period(cast.now - 24 * HOUR, cast.now + MINUTE), **more)


def accounts(page: SessionPage) -> list[str]:
    return [one.account for one in page.lines]


@pytest.mark.rule("NET-04", "SEC-10")
def test_compounds_show_who_is_on_line_and_what_broke_to_the_halls_that_serve_them(paid: Cast) -> None:
    net.on_line("dw0120501", paid.now - HOUR, paid.now)
    net.was_on_line("dw0120502", paid.now - HOUR, paid.now - 3 * MINUTE, "Lost-Carrier")
    net.was_on_line("dw0120601", paid.now - HOUR, paid.now - 3 * MINUTE, "User-Request")
    asked = {"at": paid.now, "lately": 10 * MINUTE, "broken": BROKEN}
    (one,) = compounds(**asked, scope=hall("xinyuan"))
    assert (one.code, one.lines, one.on_line, one.gone) == ("dw", 3, 1, 1)
    assert compounds(**asked, scope=hall("guandi")) == ()
    assert len(compounds(**asked, scope=EVERYWHERE)) == 1


@pytest.mark.rule("NET-04", "SEC-10")
def test_refusals_are_counted_by_reason(paid: Cast) -> None:
    for minutes in (1, 2, 3):
        net.refused("dw0120501", paid.now - minutes * MINUTE)
    net.refused("dw0120502", paid.now - MINUTE, "expired")
    net.refused("dw0120502", paid.now - 3 * HOUR, "expired")
    net.accepted("dw0120601", paid.now)
    found = refusals(since=paid.now - HOUR, scope=hall("xinyuan"))
    assert [(one.words.zh, one.number, one.accounts) for one in found] == [
        ("密码不对", 3, 1),
        ("已到期", 1, 1),
    ]
    assert refusals(since=paid.now - HOUR, scope=hall("guandi")) == ()


@pytest.mark.rule("NET-03")
def test_what_waits_is_listed_with_age_and_reason_page_by_page(paid: Cast) -> None:
    with transaction():
        for account in ("dw0120501", "dw0120502", "dw0120601"):
            provisioning.withdraw_access(account=account, at=paid.now)
    first = unfulfilled(limit=2, scope=hall("xinyuan"))
    rest = unfulfilled(limit=2, scope=hall("xinyuan"), after=first[-1].id)
    assert [one.account for one in (*first, *rest)] == ["dw0120501", "dw0120502", "dw0120601"]
    assert first[0].address.zh.startswith("馨苑")
    assert (backlog(scope=hall("xinyuan")).number, backlog(scope=hall("guandi")).number) == (3, 0)
    assert unfulfilled(limit=9, scope=hall("guandi")) == ()


@pytest.mark.rule("NET-03", "LAW-03")
def test_devices_show_their_health_and_no_secret(paid: Cast) -> None:
    net.device(
        paid.now,
        "坏的",
        "10.1.0.2",
        heard=None,
        failures=4,
        resting_until=paid.now + HOUR,
        last_error="timeout",
    )
    net.on_line("dw0120501", paid.now - HOUR, paid.now)
    found = {one.name: one for one in devices(scope=EVERYWHERE)}
    assert found["馨苑BRAS-1"].sessions == 1
    assert (found["坏的"].failures, found["坏的"].last_error) == (4, "timeout")
    assert not any("secret" in name for name in found["坏的"].__slots__)


@pytest.mark.rule("SEC-10")
def test_sessions_are_filtered_and_kept_to_the_callers_halls(paid: Cast) -> None:
    net.on_line("dw0120501", paid.now - HOUR, paid.now)
    net.was_on_line("dw0120502", paid.now - 2 * HOUR, paid.now - HOUR, "Lost-Carrier")
    net.was_on_line("dw0120601", paid.now - 3 * HOUR, paid.now - 2 * HOUR)
    mine = hall("xinyuan")
    on_line = SessionsAsked(True, Period(paid.now - HOUR, paid.now + HOUR))
    assert accounts(sessions(asked=on_line, limit=9, scope=mine)) == ["dw0120501"]
    assert accounts(sessions(asked=today(paid), limit=9, scope=mine)) == ["dw0120502", "dw0120601"]
    for narrowed, expected in (
        ({"account": "dw0120601"}, ["dw0120601"]),
        ({"cause": "Lost-Carrier"}, ["dw0120502"]),
        ({"compound": "rq"}, []),
        ({"device": "馨苑BRAS-1"}, ["dw0120502", "dw0120601"]),
        ({"after": "nonsense"}, ["dw0120502", "dw0120601"]),
    ):
        assert accounts(sessions(asked=today(paid, **narrowed), limit=9, scope=mine)) == expected
    assert sessions(asked=today(paid), limit=9, scope=hall("guandi")).lines == ()


def test_a_list_goes_on_where_it_stopped_and_ends(paid: Cast) -> None:
    for minute in range(5):
        net.was_on_line("dw0120501", paid.now - 2 * HOUR, paid.now - HOUR - minute // 2 * MINUTE)
    seen: list[str] = []
    after = ""
    for _ in range(3):
        page = sessions(asked=today(paid, after=after), limit=2, scope=EVERYWHERE)
        seen += [one.unique_id for one in page.lines]
        after = page.after
    assert len(set(seen)) == 5
    assert after == ""


def test_a_filter_that_hardly_anything_passes_stops_looking_and_says_so(
    paid: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LOOK", 3)
    for minute in range(7):
        cause = "Lost-Carrier" if minute == 6 else "User-Request"
        net.was_on_line("dw0120501", paid.now - 2 * HOUR, paid.now - HOUR - minute * MINUTE, cause)
    pages: list[SessionPage] = []
    after = ""
    for _ in range(3):
        page = sessions(asked=today(paid, cause="Lost-Carrier", after=after), limit=2, scope=EVERYWHERE)
        pages.append(page)
        after = page.after
    assert [(len(page.lines), page.partial) for page in pages] == [(0, True), (0, True), (1, False)]


def test_a_days_list_reads_its_month_alone_from_the_index(paid: Cast) -> None:
    fetch_all("select access.open_months(%(first)s, 4)", {"first": date(2026, 9, 1)})
    asked = today(paid, after=f"{paid.now.isoformat()}|f")
    given = {
        **reading._facts(asked), "limit": 51, "compounds": None,
    }  # fmt: skip
    fetch_all("set local enable_seqscan = off")
    plan = "\n".join(
        row["QUERY PLAN"]
        for row in fetch_all(
            f"explain (analyze, costs off) {reading._statement(asked, reading.QUICK)}", given
        )
    )
    touched = {
        name for name in ("202609", "202610", "202611", "202612", "rest") if f"session_ended_{name}" in plan
    }
    assert touched == {"202612"}, plan
    assert "Index Scan" in plan
    assert "Seq Scan on session_ended" not in plan
