"""新装固话 on the desk's pages: chosen with its number, refused with a sentence, paid, and on the customer's page."""

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
