"""新装固话 on the desk's pages: chosen with its number, refused with a sentence, paid, and on the customer's page."""

from uuid import uuid4

import pytest

from onehall.contexts.orders import api as orders
from onehall.contexts.voice import api as voice
from onehall.foundation.scopes import Scope
from tests.entrances.board_room import BoardRoom, post, room, words
from tests.entrances.test_desk_services import grey, installed, opened

__all__ = ["room"]
ALL = Scope.operator()


@pytest.mark.rule("ORD-08", "ADR-03", "ADR-05", "CAT-03")
def test_a_line_is_chosen_with_its_number_and_paid_at_the_desk(room: BoardRoom) -> None:
    installed(room)
    browser, address = opened(room)
    page = words(browser.get(address))
    assert "no:telephone_point" in page and "没有固话" in grey(page)["telephone_point"]
    way = address.replace("?", "/telephone?")
    page = words(browser.get(way))
    assert "68699001" in page and "随宽带，免月租" in page and "前加 86029" in page
    assert "68690001" not in page, "Unicom's numbers are not for this compound"
    assert "没有这样的空号" in words(browser.get(f"{way}&find=999999"))
    home, customer = address.rpartition("=")[2], address.partition("?")[0]
    given = {"home": home, "offering": "line-bundled", "number": "68699002", "caller_id": "1"}
    refused = post(browser, f"{customer}/telephone", **given, prepaid="1.00")
    assert refused.status_code == 400 and "至少 50.00" in words(refused) and "ORD-08" in words(refused)
    assert post(browser, f"{customer}/telephone", **given, prepaid="6x").status_code in (400, 422)
    assert post(browser, f"{customer}/telephone", **given, alarm="-1").status_code == 400
    assert post(browser, f"{customer}/telephone", **given, prepaid="80").status_code == 303
    page = words(browser.get(address))
    assert "固话（随宽带，免月租） 68699002" in page
    (basket,) = orders.baskets_waiting(scope=ALL, hall_id=room.clerk.hall_id)
    room.cast.pay(room.clerk, basket.id)
    line = voice.line("68699002", at=room.cast.now, scope=ALL).state
    assert (line.rent_free, line.features) == (True, ("caller_id",))
    page = words(browser.get(address))
    assert "随宽带免月租" in page and "来电显示" in page, "the customer's page shows the line"


@pytest.mark.rule("CHG-06", "ORD-01", "CAT-05", "ADR-03")
def test_changes_are_chosen_on_one_page_refused_with_a_sentence_and_finished_for_nothing(
    room: BoardRoom,
) -> None:
    installed(room)
    browser, address = opened(room)
    home, customer = address.rpartition("=")[2], address.partition("?")[0]
    assert "line_changes" not in words(browser.get(address)), "nothing to change without a line"
    given = {"home": home, "offering": "line-rent", "number": "68699002"}
    assert post(browser, f"{customer}/telephone", **given).status_code == 303
    (basket,) = orders.baskets_waiting(scope=ALL, hall_id=room.clerk.hall_id)
    room.cast.pay(room.clerk, basket.id)
    way = f"{customer}/line-changes"
    assert f"{way}?home={home}" in words(browser.get(address))
    page = words(browser.get(f"{way}?home={home}"))
    for told in ("68699002", "固话单装（月租加来电显示）", "没有停机", "没有完工", "68699003", "销号"):
        assert told in page, told
    assert "68690001" not in page
    about = {"home": home, "number": "68699002"}
    wrong = {
        "line_plan": {},
        "line_number": {"to_number": "60465917"},
        "line_move": {"address": "9-9-999"},
        "line_features": {"alarm": "x"},
    }
    for business, typed in wrong.items():
        sent = {**about, "business": business, "offering": business.replace("_", "-"), **typed}
        refused = browser.post(way, sent)
        assert refused.status_code in (400, 404, 409, 422), business
    sent = {**about, "business": "line_features", "offering": "line-features", "caller_id": "1", "alarm": "3"}
    assert post(browser, way, **sent).status_code == 303
    page = words(browser.get(address))
    assert "办结（不收费）" in page and "收款并打印" not in page
    (basket,) = orders.baskets_waiting(scope=ALL, hall_id=room.clerk.hall_id)
    intent = uuid4()
    unsigned = post(browser, f"/desk/baskets/{basket.id}/completion", intent=intent)
    assert unsigned.status_code == 409 and "还没有签受理单" in words(unsigned) and "F8" in words(unsigned)
    for step, typed in (("acceptance-form", {}), ("signature", {"method": "paper"})):
        assert post(browser, f"/desk/baskets/{basket.id}/{step}", **typed).status_code == 303
    for _ in range(2):
        assert post(browser, f"/desk/baskets/{basket.id}/completion", intent=intent).status_code == 303
    line = voice.line("68699002", at=room.cast.now, scope=ALL).state
    assert (line.features, line.alarm_threshold) == (("caller_id",), 30_000)
    assert "固话功能 68699002" in words(browser.get(address)), "it is in the history"


@pytest.mark.rule("CHG-07", "BIL-02")
def test_closing_a_line_says_what_is_left_and_asks_where_it_goes(room: BoardRoom) -> None:
    installed(room)
    browser, address = opened(room)
    home, customer = address.rpartition("=")[2], address.partition("?")[0]
    given = {"home": home, "offering": "line-rent", "number": "68699002", "prepaid": "88"}
    assert post(browser, f"{customer}/telephone", **given).status_code == 303
    (basket,) = orders.baskets_waiting(scope=ALL, hall_id=room.clerk.hall_id)
    room.cast.pay(room.clerk, basket.id)
    phone = voice.line("68699002", at=room.cast.now, scope=ALL).subscription
    page = words(browser.get(f"/desk/accounts/{phone}/ending"))
    assert "78.00" in page and "书面放弃" in page and "现在销号" in page and "转入客户的预存余额" in page
    assert f"{customer}/balance" not in words(browser.get(address)), "this hall takes no deposits"
    why = {"cause": "moving", "reason": "搬走", "offer": "停机", "intent": uuid4()}
    refused = post(browser, f"/desk/accounts/{phone}/ending", **why)
    assert refused.status_code == 409 and "余额怎么办" in words(refused)
    ends = {**why, "intent": uuid4(), "rest": "balance"}
    assert post(browser, f"/desk/accounts/{phone}/ending", **ends).status_code == 303
    assert f"{customer}/balance" in words(browser.get(address)), "what is left there is found again"
    assert voice.line("68699002", at=room.cast.now, scope=ALL).state.closed
