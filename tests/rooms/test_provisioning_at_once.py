"""Packets of one session come through several threads of the RADIUS server at the same instant."""

from functools import partial

import pytest

from onehall.foundation.database import fetch_all
from tests.rooms.homes import at_the_same_instant
from tests.rooms.onair import Dial, ended, on_line


@pytest.mark.rule("NET-01")
def test_packets_of_one_session_that_arrive_at_the_same_instant_end_as_if_one_by_one(real_db: str) -> None:
    for number in range(10):
        line = Dial(session=f"s{number}", account=f"dw{number}", caller=f"c{number}")
        acts = (
            line.start,
            partial(line.interim, 5, up=10),
            partial(line.stop, 9, up=15),
            partial(line.stop, 9, up=15),
        )
        at_the_same_instant(acts)
    assert on_line() == []
    assert {row[1:4] for row in ended()} == {("User-Request", 9, 15)} and len(ended()) == 10
    rows = fetch_all("select up_octets, seconds from access.usage_day")
    assert [tuple(row.values()) for row in rows] == [(15, 540)] * 10
