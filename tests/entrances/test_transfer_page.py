"""过户 on the desk's page and over the API."""

import re

import pytest
from django.test import Client

from onehall.foundation.database import fetch_all
from tests.cast import count, wang
from tests.entrances.board_room import BoardRoom, room, words
from tests.entrances.programme import Programme
from tests.registers import bring, row, xlsx

__all__ = ["room"]


@pytest.mark.rule("SEC-07")
def test_the_page_leads_from_the_documents_to_two_forms(room: BoardRoom) -> None:
    bring(room.cast, room.cast.sign_in("0201", counter="4"), xlsx([row("601")]))
    (line,) = fetch_all("select id, party_id from subscriptions_subscription")
    given = wang("刘芳")
    liu = room.cast.registered(room.clerk, given)
    clerk = Client()
    clerk.cookies["onehall_session"] = room.cast.tokens[room.clerk.session_id or 0]
    page = f"/desk/accounts/{line['id']}/transfer"
    assert "还没有核对原户主" in words(clerk.get(page))
    clerk.post(f"/desk/customers/{line['party_id']}/purpose", {"purpose": "id_document"})
    assert "照原件输入" in words(clerk.get(page))
    assert page in words(clerk.get(f"/desk/customers/{line['party_id']}"))
    refused = clerk.post(f"/desk/customers/{liu.id}/purpose", {"purpose": "id_document"})
    assert refused.status_code == 409, "the screen is 王建国's, and nothing was stated for 刘芳"
    assert "新户主证件号码" in words(clerk.get(page))
    nobody = clerk.post(page, {"number": "610102197511117774"})
    assert nobody.status_code == 404 and "先把这位挂起" in words(nobody)
    checked = clerk.post(page, {"number": given.document.number})
    assert checked.status_code == 303
    again = words(clerk.get(page))
    assert "照原件输入" in again and liu.document_masked in again, "or somebody else after all"
    shown = words(clerk.get(checked["Location"]))
    assert "刘芳" in shown and liu.document_masked in shown
    intent = re.search(r'name="intent" value="([^"]+)"', shown)
    assert intent is not None
    assert clerk.post(page, {"intent": intent[1], "owner": "x"}).status_code == 400
    done = clerk.post(page, {"intent": intent[1], "owner": str(liu.id)})
    after = words(clerk.get(done["Location"]))
    assert done.status_code == 303 and "原户主受理单" in after and "新户主受理单" in after
    assert clerk.post(page, {"intent": intent[1], "owner": str(liu.id)}).status_code == 303
    assert count("orders_serviceorder", "kind = 'transfer_given'") == 1


@pytest.mark.rule("API-01")
def test_a_programme_hears_why_not(room: BoardRoom) -> None:
    room.sold()
    (line,) = fetch_all("select id, party_id, serial from subscriptions_subscription")
    liu = room.cast.registered(room.clerk, wang("刘芳")).id
    programme = Programme.of("0213", counter="3")
    stated = {"kind": "present_verified", "verification": "id_document"}
    for party in (line["party_id"], liu):
        programme.post(f"/customers/{party}/purposes", stated).good()
    no = programme.post(f"/subscriptions/{line['id']}/transfer", {"owner": liu}, key=None)
    assert no.status == 422, "a key of its own is needed"
    with pytest.raises(AssertionError, match=line["serial"]):
        programme.do(f"/subscriptions/{line['id']}/transfer", {"owner": liu})
