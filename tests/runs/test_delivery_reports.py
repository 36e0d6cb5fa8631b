"""What the gateway reports: delivered, failed, late, twice, forged; told again, then by a person; in the customer's language (BIL-06)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.adapters.sms.simulator import Telephones
from onehall.contexts.customers import api as customers
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor
from onehall.journeys.choose_language import choose_language
from onehall.journeys.tell_instead import tell_instead
from onehall.readings.todos import todos
from onehall.runs.remind_expiring import remind_expiring
from tests.cast import Cast, dwelling, wang
from tests.runs.test_reminders import PHONE, Post, morning, phones

__all__ = ["phones"]
HOUR = timedelta(hours=1)


class Story:
    """王建国's reminder on its way, at the cast's time."""

    def __init__(self, cast: Cast, phones: Telephones, settings: Any, language: str = "zh") -> None:
        settings.SMS_KEY = phones.key
        self.cast, self.phones, self.post = cast, phones, Post(phones)
        self.clerk = cast.clerk("0211", "4")
        given = wang(phone=PHONE)
        self.card = cast.registered(self.clerk, given)
        home = dwelling("dw", "1", "2", "502")
        cast.pay(self.clerk, cast.basket(self.clerk, self.card.id, home, ("new_broadband", "bb20-year")).id)
        if language != "zh":
            choose_language(party_id=self.card.id, language=language, by=self.clerk, at=cast.now)
        cast.now = morning(30)

    def remind(self) -> None:
        remind_expiring(at=self.cast.now)
        self.post.send(self.cast.now)

    def report(self, word: str, *ids: str, why: str = "", later: timedelta = HOUR) -> Any:
        """The gateway tells `later`; the answer of ours."""
        self.cast.now += later
        content, signed = self.phones.report(word, self.cast.now, *ids, why=why)
        return self.push(content, signed)

    def push(self, content: bytes, signed: str) -> Any:
        return Client().post(
            "/intake/message-reports",
            content,
            content_type="application/json",
            headers={"X-Signature": signed},
        )

    def state(self) -> tuple[str, int]:
        (row,) = fetch_all("select state, turn from notices_notice")
        return row["state"], row["turn"]

    def steps(self) -> list[str]:
        return [row["state"] for row in fetch_all("select state from notices_noticestep order by id")]

    def waits(self, by: Actor) -> list[str]:
        found = todos(by=by, at=self.cast.now, limit=50, scope=by.scope)
        return [one.href for one in found if one.kind == "message"]


@pytest.fixture
def story(cast: Cast, phones: Telephones, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    yield Story(cast, phones, settings)


@pytest.mark.rule("BIL-06")
def test_sent_then_delivered_and_a_report_that_comes_twice_changes_nothing(story: Story) -> None:
    story.remind()
    assert story.state() == ("sent", 1)
    assert story.report("delivered").json() == {"changed": 1, "taken": 1}
    assert story.report("delivered").json() == {"changed": 0, "taken": 1}
    assert story.report("failed").status_code == 200, "a bad word after the good one"
    assert story.state() == ("delivered", 1) and story.steps() == ["sent", "delivered", "failed"]


@pytest.mark.rule("BIL-06")
def test_what_failed_is_sent_again_under_another_number_then_waits_for_a_person_who_tells(
    story: Story,
) -> None:
    story.remind()
    story.report("failed", why="空号")
    assert story.state() == ("waiting", 2) and len(story.phones.inbox) == 1
    story.cast.now += timedelta(minutes=119)
    story.post.send(story.cast.now)
    assert len(story.phones.inbox) == 1, "not before the policy's two hours"
    story.cast.now += timedelta(minutes=1)
    story.post.send(story.cast.now)
    assert len(story.phones.inbox) == 2 and len(set(story.phones.taken)) == 2 and story.state() == ("sent", 2)
    story.report("failed", why="空号")
    assert story.state() == ("failed", 2)
    li_min = story.cast.sign_in("0213", counter="3")
    (href,) = story.waits(li_min)
    assert story.waits(story.cast.sign_in("0311", hall="guandi", counter="1")) == [], "another hall's"
    tell_instead(notice_id=int(href.rsplit("/", 1)[1]), how="电话告知本人", by=li_min, at=story.cast.now)
    assert story.waits(li_min) == [] and story.state() == ("told", 2)
    assert story.steps() == ["sent", "failed", "sent", "failed", "told"]


@pytest.mark.rule("BIL-06")
def test_a_good_word_that_comes_late_stops_the_second_telling(story: Story) -> None:
    story.remind()
    story.report("failed")
    assert story.state() == ("waiting", 2)
    story.report("delivered", story.phones.taken[0])
    story.post.send(story.cast.now + 5 * HOUR)
    assert story.state() == ("delivered", 2) and len(story.phones.inbox) == 1


@pytest.mark.rule("BIL-06")
def test_a_report_that_outruns_the_gateways_own_answer_is_enough(story: Story) -> None:
    story.phones.manners.late = 0.5
    story.post.gateway._client.timeout = 0.1
    story.remind()
    assert story.state() == ("waiting", 1)
    story.report("delivered", later=timedelta(0))
    story.post.send(story.cast.now + HOUR)
    assert story.state() == ("delivered", 1) and story.phones.asked == 1


@pytest.mark.rule("BIL-06")
def test_a_refused_number_waits_for_a_person_until_the_term_is_over(story: Story) -> None:
    story.phones.manners.refusing = True
    story.remind()
    li_min = story.cast.sign_in("0213", counter="3")
    assert story.state() == ("refused", 1) and len(story.waits(li_min)) == 1
    story.cast.now = morning(-1)
    assert story.waits(li_min) == []


@pytest.mark.rule("BIL-06", "LAW-03")
def test_who_does_not_know_the_key_is_not_believed_and_nonsense_is_taken_by_nobody(
    story: Story, settings: Any
) -> None:
    story.remind()
    content, signed = story.phones.report("delivered", story.cast.now)
    for body, signature, status in (
        (content, "", 401), (content, "0" * 64, 401), (content + b" ", signed, 401),
    ):  # fmt: skip
        assert story.push(body, signature).status_code == status
    known = story.phones.taken[0]
    for broken in ("vanished", "delivered"):
        content, signed = story.phones.report(broken, story.cast.now, known, "no-uuid")
        answer = story.push(content, signed)
        assert answer.status_code == 400 and answer["Content-Type"].startswith("application/problem+json")
    assert story.state() == ("sent", 1), "one line that cannot be read keeps all from being taken"
    assert story.report("delivered", str(uuid4())).json() == {"changed": 0, "taken": 1}, "not ours"
    settings.SMS_KEY = ""
    content, signed = story.phones.report("delivered", story.cast.now)
    assert story.push(content, signed).status_code == 401


@pytest.mark.rule("BIL-06", "API-06")
def test_each_customer_is_reminded_in_the_language_they_chose(
    cast: Cast, phones: Telephones, settings: Any
) -> None:
    story = Story(cast, phones, settings, language="en")
    neighbour = cast.registered(story.clerk, wang("陈静", phone="13812349999"))
    cast.now = morning(365)
    home = dwelling("dw", "1", "2", "501")
    cast.pay(story.clerk, cast.basket(story.clerk, neighbour.id, home, ("new_broadband", "bb20-year")).id)
    cast.now = morning(30)
    story.remind()
    said = dict(phones.inbox)
    assert "Your broadband account dw0120502 ends on 2027-11-30" in said[PHONE]
    assert customers.languages([neighbour.id], scope=story.clerk.scope) == {neighbour.id: "zh"}


@pytest.mark.rule("BIL-06", "SEC-01", "SEC-07")
def test_pages_show_it_masked_the_number_on_record_and_the_telling_with_how(story: Story) -> None:
    story.phones.manners.refusing = True
    story.remind()
    manager, clerk = Client(), Client()
    boss, li_min = story.cast.sign_in("0201"), story.cast.sign_in("0213", counter="3")
    manager.cookies["onehall_session"] = story.cast.tokens[boss.session_id or 0]
    clerk.cookies["onehall_session"] = story.cast.tokens[li_min.session_id or 0]
    listed = manager.get("/board/messages/?state=undelivered").content.decode()
    assert "短信网关不收" in listed and PHONE not in listed and "王建国" in listed
    (href,) = story.waits(li_min)
    assert PHONE not in clerk.get(href).content.decode()
    assert PHONE in clerk.post(f"{href}/number").content.decode()
    (trail,) = fetch_all(
        "select details::text as d from audit_auditentry where action = 'message.number_revealed'"
    )
    assert PHONE not in trail["d"]
    refused = clerk.post(f"{href}/telling", {"how": " "})
    assert refused.status_code == 400 and "怎么告知" in refused.content.decode()
    assert clerk.post(f"{href}/telling", {"how": "电话告知本人"}).status_code == 303
    assert clerk.post(f"{href}/telling", {"how": "再来一次"}).status_code == 409
    assert clerk.post(f"{href}/number").status_code == 409, "nobody is to be called any more"
    page = f"/desk/customers/{story.card.id}/messages"
    assert clerk.get(page).status_code == 303, "without a purpose"
    clerk.post(f"/desk/customers/{story.card.id}/purpose", {"intent": str(uuid4()), "purpose": "id_document"})
    shown = clerk.get(page).content.decode()
    assert "已另行告知" in shown and "dw0120502" in shown
    assert clerk.post(f"{page}/language", {"language": "fr"}).status_code == 400
    assert clerk.post(f"{page}/language", {"language": "en"}).status_code == 303
    assert customers.languages([story.card.id], scope=boss.scope)[story.card.id] == "en"
