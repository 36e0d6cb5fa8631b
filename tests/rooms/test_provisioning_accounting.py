"""What access devices tell may come twice, late, in any order or not at all; what is kept is right in every case."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from onehall.contexts.provisioning.api import Keeping, close_silent_sessions, keep_months
from onehall.foundation.database import fetch_all, fetch_one
from tests.rooms.onair import GIB, Dial, ended, on_line, rebooted, usage
from tests.rooms.till import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.rule("NET-01")]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TODAY, TOMORROW = "11-21", "11-22"


def test_a_session_is_on_line_from_start_to_stop_and_counted_on_its_day() -> None:
    line = Dial()
    assert line.start() == "opened"
    assert on_line() == ["s1"]
    assert line.interim(5, up=100, down=1000) == "changed"
    assert usage() == {TODAY: (100, 1000, 5)}
    assert line.stop(9, up=150, down=1700) == "ended"
    assert on_line() == [] and ended() == [("s1", "User-Request", 9, 150, 1700)]
    assert usage() == {TODAY: (150, 1700, 9)}


def test_octets_beyond_32_bits_are_counted() -> None:
    line = Dial()
    line.start()
    line.stop(60, up=7, up_giga=3, down=9, down_giga=1000)
    assert ended() == [("s1", "User-Request", 60, 3 * 4 * GIB + 7, 4000 * GIB + 9)]


def test_a_device_that_begins_again_at_nought_after_four_gigabytes_is_understood() -> None:
    line = Dial()
    line.start()
    line.interim(5, down=3 * GIB, down_giga=None)
    line.interim(10, down=1 * GIB, down_giga=None)
    assert line.interim(8, down=4 * GIB - 1, down_giga=None, seconds=480) == "changed"  # overtaken on its way
    line.stop(15, down=2 * GIB, down_giga=None)
    assert ended()[0][4] == 6 * GIB and usage()[TODAY][1] == 6 * GIB


def test_packets_that_come_twice_change_nothing() -> None:
    line = Dial()
    assert [line.start(), line.start()] == ["opened", "duplicate"]
    assert [line.interim(5, up=1), line.interim(5, up=1)] == ["changed", "changed"]
    assert [line.stop(9, up=2), line.stop(9, up=2, late=HOUR), line.start(late=HOUR)] == [
        "ended",
        "late",
        "late",
    ]
    assert ended() == [("s1", "User-Request", 9, 2, 0)] and usage() == {TODAY: (2, 0, 9)} and on_line() == []


def test_every_order_of_arrival_ends_alike() -> None:
    for number, order in enumerate(permutations(range(4))):
        line = Dial(session=f"s{number}", account=f"dw{number}", caller=f"c{number}")
        packets = (line.start, lambda one=line: one.interim(5, up=10), lambda one=line: one.interim(10, up=30),
                   lambda one=line: one.stop(12, up=40))  # fmt: skip
        for place in order:
            packets[place]()
    assert on_line() == []
    assert {row[1:] for row in ended()} == {("User-Request", 12, 40, 0)} and len(ended()) == 24
    assert {tuple(row.values()) for row in fetch_all("select up_octets, seconds from access.usage_day")} == {
        (40, 720)
    }


def test_a_start_that_was_lost_is_made_up_from_what_follows() -> None:
    Dial(session="a").interim(30, up=5)
    row = fetch_one("select started_at, seconds from access.session")
    assert row == {"started_at": NOON, "seconds": 1800}
    assert Dial(session="b", caller="other").stop(3, up=1) == "opened and ended"
    assert usage() == {TODAY: (6, 0, 33)}


def test_a_number_that_a_device_uses_again_is_another_session() -> None:
    Dial().start()
    Dial().stop(10)
    later = Dial(begin=NOON + HOUR)
    assert [later.start(), later.interim(5, up=1), later.stop(6, up=1)] == ["opened", "changed", "ended"]
    assert [row[2] for row in ended()] == [10, 6]


def test_traffic_counts_on_the_day_of_the_hall_on_which_it_is_told() -> None:
    night = Dial(begin=NOON + timedelta(hours=11, minutes=50))  # 23:50 at the hall
    night.start()
    night.interim(5, down=10)
    night.interim(15, down=30)
    assert usage() == {TODAY: (0, 10, 5), TOMORROW: (0, 20, 10)}


def test_the_same_router_coming_back_takes_the_place_of_its_lost_session() -> None:
    Dial(session="lost").start()
    Dial(session="new", begin=NOON + HOUR).start()
    Dial(session="elsewhere", begin=NOON + HOUR, caller="02:00:00:00:00:99").start()
    assert on_line() == ["new", "elsewhere"]
    assert [row[:2] for row in ended()] == [("lost", "Superseded")]


def test_a_device_that_starts_anew_has_nobody_on_line_from_before() -> None:
    Dial(session="a").start()
    Dial(session="b", nas="10.0.0.2", account="dw0120503").start()
    Dial(session="after", begin=NOON + HOUR, caller="x", account="dw0120504").start()
    assert rebooted(at=NOON + 30 * MINUTE) == 1
    assert on_line() == ["b", "after"] and ended()[0][:3] == ("a", "NAS-Reboot", 0)


def test_a_session_nobody_tells_of_is_given_up_and_returns_when_it_is_heard_of() -> None:
    line = Dial()
    line.start()
    line.interim(5, up=10)
    Dial(session="talking", account="dw0120503", begin=NOON + HOUR).start()
    assert close_silent_sessions(silence=15 * MINUTE, limit=10, at=NOON + HOUR) == 1
    assert ended() == [("s1", "Lost-Contact", 5, 10, 0)]
    assert line.interim(4, up=8, late=HOUR) == "late"
    assert line.interim(70, up=90) == "returned"
    assert ended() == [] and usage() == {TODAY: (90, 0, 70)}
    close_silent_sessions(silence=15 * MINUTE, limit=10, at=NOON + 3 * HOUR)
    assert line.stop(80, up=95) == "returned and ended"
    assert ("s1", "User-Request", 80, 95, 0) in ended() and usage()[TODAY][0] == 95


def test_a_device_without_a_clock_is_told_the_time() -> None:
    Dial(session="a").start(event=NOON - timedelta(days=9000), late=MINUTE)
    Dial(session="b", caller="b").start(event=None, delay=30, late=MINUTE)
    rows = fetch_all("select started_at from access.session order by session_id")
    assert [row["started_at"] - NOON for row in rows] == [MINUTE, timedelta(seconds=30)]


def test_what_was_granted_comes_back_and_nonsense_does_not_hurt() -> None:
    Dial(session="a", granted=f"{int((NOON + HOUR).timestamp())}:10240:1024").start()
    Dial(session="b", caller="b", granted="'; drop table access.session --").start(
        up_giga=2**32 - 1, up=2**32 - 1
    )
    rows = fetch_all(
        "select granted_until, granted_down_kbps, granted_up_kbps from access.session order by session_id"
    )
    assert rows[0] == {"granted_until": NOON + HOUR, "granted_down_kbps": 10240, "granted_up_kbps": 1024}
    assert set(rows[1].values()) == {None}


def test_old_months_go_whole_and_coming_ones_stand_ready() -> None:
    Dial().start()
    Dial().stop(5, up=1)
    keep = Keeping(sessions_months=6, usage_months=12, answers_months=6)
    today = date(2026, 11, 21)
    assert keep_months(keeping=keep, today=today, ahead=1) == 0
    assert _months("session_ended") == ["202611", "202612"] and ended() != []
    assert keep_months(keeping=keep, today=date(2027, 5, 31), ahead=1) == 0
    assert keep_months(keeping=keep, today=date(2027, 6, 1), ahead=1) == 2  # sessions and answers of November
    assert ended() == [] and usage() != {}
    assert keep_months(keeping=keep, today=date(2027, 12, 1), ahead=1) > 0
    assert usage() == {}


def _months(parent: str) -> list[str]:
    rows = fetch_all(
        "select right(c.relname, 6) as month from pg_inherits i join pg_class c on c.oid = inhrelid"
        " where inhparent = ('access.' || %s)::regclass and c.relname ~ '[0-9]{6}$' order by 1",
        [parent],
    )
    return [row["month"] for row in rows]
