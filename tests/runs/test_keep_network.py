"""Sessions that nobody tells of end, coming months stand ready, old ones go: all by policy."""

from datetime import datetime, timedelta

import pytest

from onehall.foundation.database import fetch_all
from onehall.foundation.values.period import CHINA
from onehall.runs.keep_network import close_silent, keep_months
from tests.cast import Cast, count
from tests.rooms.onair import Dial, ended, on_line

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.rule("NET-01")
def test_a_session_is_given_up_after_the_silence_that_the_policy_says(real_cast: Cast) -> None:
    Dial(begin=real_cast.now).start()
    assert close_silent(at=real_cast.now + 20 * MINUTE) == 0
    assert on_line() == ["s1"]
    assert close_silent(at=real_cast.now + HOUR) == 1
    assert [row[1] for row in ended()] == ["Lost-Contact"]


@pytest.mark.rule("SEC-07")
def test_months_stand_ready_and_old_ones_go_each_by_its_own_policy(real_cast: Cast) -> None:
    keep_months(at=real_cast.now)
    Dial(begin=real_cast.now).start()
    Dial(begin=real_cast.now).stop(5, up=1)
    assert months("answer") == ["202611", "202612", "202701"]
    assert keep_months(at=datetime(2027, 6, 1, tzinfo=CHINA)) == 1, "answers are kept for six months"
    assert keep_months(at=datetime(2028, 12, 1, tzinfo=CHINA)) > 0
    assert ended() == [] and count("access.usage_day") == 1, "usage is kept longer than sessions"


def months(parent: str) -> list[str]:
    rows = fetch_all(
        "select right(c.relname, 6) as month from pg_inherits i join pg_class c on c.oid = inhrelid"
        " where inhparent = ('access.' || %s)::regclass and c.relname ~ '[0-9]{6}$' order by 1",
        [parent],
    )
    return [row["month"] for row in rows]
