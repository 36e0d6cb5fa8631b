"""Anybody may ask whether a paper is ours; nobody learns more than that."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.rule("REC-03")
@pytest.mark.parametrize(("lang", "says"), [("zh", "没有这张单据"), ("en", "no such paper")])
def test_a_code_that_was_never_issued_is_told_apart_from_a_page_that_does_not_exist(
    lang: str, says: str
) -> None:
    client = Client()
    client.cookies["onehall_lang"] = lang
    answer = client.get("/v/NOBODY-WROTE-THIS")
    assert answer.status_code == 404
    assert says in answer.content.decode()


def test_a_code_typed_by_hand_leads_to_its_page() -> None:
    assert "查验码" in Client().get("/v/").content.decode()
    assert Client().get("/v/", {"code": " ab-12 <x> "})["Location"] == "/v/ab-12x"


def test_a_stranger_gets_no_ticket_and_no_gallery() -> None:
    assert Client().get("/live-ticket")["Location"].startswith("/sign-in")
    assert Client().get("/design/")["Location"].startswith("/sign-in")
