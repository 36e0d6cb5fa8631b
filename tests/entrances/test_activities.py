"""An activity outside opening hours: asked for in time, approved by somebody else, held until it is over (ESC-03)."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.entrances.board_room import CLERK, MANAGER, post, words
from tests.entrances.worksite import Worksite

GIVEN = {"title": "小区路演", "begins": "2026-11-28T19:30", "ends": "2026-11-28T21:00"}


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def ask(site: Worksite, who: str = MANAGER, **typed: str) -> Any:
    return post(site.browser(who), "/board/approvals/activities", **{**GIVEN, **typed})


@pytest.mark.rule("ESC-03")
def test_an_evening_in_the_compound_is_asked_for_and_approved_by_another_and_stands_until_it_ends(
    site: Worksite,
) -> None:
    asked = ask(site)
    assert asked.status_code == 303
    address = asked["Location"]
    own = post(site.browser(MANAGER), f"{address}/decision", answer="approve")
    assert own.status_code == 403, "nobody approves their own"
    assert post(site.browser("0101"), f"{address}/decision", answer="approve").status_code == 303
    site.cast.later(days=5)
    page = words(site.browser(MANAGER).get(address))
    assert "小区路演" in page and "已批准" in page, "it stands until the activity is over, not for a day only"
    site.cast.later(days=1)
    assert "已过期" in words(site.browser(MANAGER).get(address))


@pytest.mark.rule("ESC-03")
@pytest.mark.parametrize(("typed", "said"), [
    ({"begins": "2026-11-25T19:30", "ends": "2026-11-25T20:00"}, "至少提前 3 天"), ({"title": " "}, "没有写活动内容"),
    ({"ends": "2026-11-28T19:00"}, "结束早于开始"), ({"begins": "2026-11-28T10:00", "ends": "2026-11-28T11:00"}, "以内，不用申请"),
    ({"begins": "周六晚上"}, "时间"),
])  # fmt: skip
def test_too_late_or_without_need_it_is_refused_in_words(
    site: Worksite, typed: dict[str, str], said: str
) -> None:
    answer = ask(site, CLERK, **typed)
    assert answer.status_code == 400 and said in words(answer)
