"""应备资料 on the desk's page and over the API: the till says so, the slip is printed, the basket is found again (ORD-03)."""

import pytest
from django.test import Client

from onehall.contexts.orders import api as orders
from onehall.foundation.database import fetch_all
from tests.entrances.board_room import BoardRoom, room, words
from tests.entrances.programme import Programme
from tests.journeys.test_papers_due import child

__all__ = ["room"]


@pytest.mark.rule("ORD-03", "API-01")
def test_the_till_says_what_is_missing_and_the_second_visit_goes_on(room: BoardRoom) -> None:
    basket = child(room.cast, room.clerk)
    clerk, page = Client(), f"/desk/baskets/{basket.id}/papers"
    clerk.cookies["onehall_session"] = room.cast.tokens[room.clerk.session_id or 0]
    home = f"/desk/customers/{basket.party_id}"
    clerk.post(f"{home}/purpose", {"purpose": "id_document"})
    assert page in words(clerk.get(home)) and "资料还不齐" in words(clerk.get(home))
    listed = words(clerk.get(page))
    assert "监护关系证明" in listed and "还缺" in listed and "已核对" in listed
    assert clerk.post(page, {"what": "save"})["Location"] == page, "nothing was ticked: still on the list"
    slip = clerk.post(page, {"what": "tell"})
    assert slip["Location"].startswith("/desk/documents/")
    assert "一次告知单" in words(clerk.get(slip["Location"]))
    clerk.post(f"{home}/purpose", {"purpose": "id_document"})
    waiting = words(clerk.get(home))
    assert "缺资料：监护关系证明" in waiting and f"/desk/baskets/{basket.id}/resumption" in waiting
    assert "已挂起" in words(clerk.get(page))
    clerk.post(f"/desk/baskets/{basket.id}/resumption")
    programme = Programme.of("0213", counter="3")
    asked = programme.get(f"/baskets/{basket.id}/papers").good()["items"]
    assert [one["paper"] for one in asked if not one["seen"]] == ["guardianship_proof"]
    assert clerk.post(page, {"what": "save", "seen": ["guardianship_proof"]})["Location"] == home
    assert page not in words(clerk.get(home))
    assert all(one["seen"] for one in programme.get(f"/baskets/{basket.id}/papers").good()["items"])
    (row,) = fetch_all("select details from orders_basketitem where basket_id = %s", [basket.id])
    assert orders.PAPERS not in row["details"]
