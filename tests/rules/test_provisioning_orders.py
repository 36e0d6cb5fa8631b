"""What to do about a session so that it does what its account may: one pure decision (NET-01, NET-03)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from onehall.contexts.provisioning.contracts import Act, LiveLine, Order, Wish
from onehall.contexts.provisioning.rules import OBSTACLES, decide, obstacle

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
END = NOW + timedelta(days=30)
LATER = END + timedelta(days=365)
BOTH = frozenset({"until", "speed"})
LINE = LiveLine(
    account="dw0120502", unique_id="u1", session_id="s1", nas="10.0.0.1", nas_port="", caller="", framed_ip="",
    started_at=NOW - timedelta(hours=1), granted_until=END, granted_down_kbps=20480, granted_up_kbps=4096, fixed=False,
)  # fmt: skip
WISH = Wish(END, 20480, 4096, None)


def order(wish: Wish = WISH, line: LiveLine = LINE, live: frozenset[str] = BOTH) -> Order:
    return decide(wish=wish, line=line, live=live, at=NOW)


@pytest.mark.rule("NET-01")
@pytest.mark.parametrize(("wish", "cut"), [
    (replace(WISH, until=None), True),
    (replace(WISH, cut_before=LINE.started_at), True),
    (replace(WISH, cut_before=LINE.started_at - timedelta(seconds=1)), False),
])  # fmt: skip
def test_who_may_not_be_on_line_is_cut_whatever_the_device_can(wish: Wish, cut: bool) -> None:
    for live in (BOTH, frozenset[str]()):
        assert order(wish, live=live).act is (Act.CUT if cut else Act.NOTHING)


@pytest.mark.rule("NET-01", "CAT-02")
@pytest.mark.parametrize(("wish", "line", "live", "wanted"), [
    (WISH, LINE, BOTH, Order(Act.NOTHING)),
    (replace(WISH, until=END + timedelta(seconds=1)), LINE, BOTH, Order(Act.NOTHING)),
    (replace(WISH, until=LATER), LINE, BOTH, Order(Act.CHANGE, until=LATER)),
    (replace(WISH, until=LATER), LINE, {"speed"}, Order(Act.WAIT)),
    (replace(WISH, until=LATER), replace(LINE, fixed=True), BOTH, Order(Act.WAIT)),
    (replace(WISH, down_kbps=51200), LINE, BOTH, Order(Act.CHANGE, speed=(51200, 4096))),
    (replace(WISH, down_kbps=51200), LINE, {"until"}, Order(Act.CUT)),
    (replace(WISH, down_kbps=51200), replace(LINE, fixed=True), BOTH, Order(Act.CUT)),
    (replace(WISH, until=LATER, down_kbps=51200), LINE, BOTH, Order(Act.CHANGE, LATER, (51200, 4096))),
    (WISH, replace(LINE, granted_until=None), BOTH, Order(Act.CHANGE, until=END)),
    (WISH, replace(LINE, granted_down_kbps=None, granted_up_kbps=None), BOTH, Order(Act.CHANGE, speed=(20480, 4096))),
    (WISH, replace(LINE, granted_down_kbps=None, granted_up_kbps=None), {"until"}, Order(Act.WAIT)),
])  # fmt: skip
def test_what_can_be_changed_is_changed_and_only_a_speed_is_worth_a_cut(
    wish: Wish, line: LiveLine, live: set[str], wanted: Order
) -> None:
    assert order(wish, line, frozenset(live)) == wanted


@pytest.mark.rule("NET-03")
def test_every_obstacle_has_its_words() -> None:
    assert all(text.zh and text.en for text in OBSTACLES.values())
    assert obstacle("nak_999").zh == "nak_999"
