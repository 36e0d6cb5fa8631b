"""Webhooks on the board: made with a secret shown once, tested, paused, replaced, sent again (API-01)."""

import re
from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from onehall.foundation.database import fetch_all
from onehall.foundation.identity.middleware import SESSION_COOKIE
from onehall.foundation.scopes import Scope
from onehall.foundation.webhooks.queries import subscriptions
from tests.cast import Cast

FORM = {
    "title": "仓库系统",
    "url": "https://hooks.example/onehall",
    "topic": ["payment.taken", "sale.voided"],
}
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")


@pytest.fixture
def manager(cast: Cast) -> Client:
    """周敏's browser."""
    actor = cast.sign_in("0201")
    fetch_all("update identity_session set seen_at = now(), started_at = now()")
    client = Client()
    client.cookies = SimpleCookie({SESSION_COOKIE: cast.tokens[actor.session_id or 0]})
    return client


def made(manager: Client, **other: object) -> HttpResponse:
    return manager.post("/board/webhooks/new", {"intent": str(uuid4()), **FORM, **other})  # type: ignore[return-value]


@pytest.mark.rule("API-01")
def test_the_secret_is_shown_once_and_pressed_twice_one_webhook_is_made(cast: Cast, manager: Client) -> None:
    intent = str(uuid4())
    first, second = made(manager, intent=intent), made(manager, intent=intent)
    (shown,) = SECRET.findall(first.content.decode())
    assert SECRET.findall(second.content.decode()) == [shown]
    (card,) = subscriptions(scope=Scope.operator(), at=cast.now)
    assert (card.title, card.topics, card.state) == ("仓库系统", ("payment.taken", "sale.voided"), "active")
    for address in ("/board/webhooks/", f"/board/webhooks/{card.id}", "/board/audit/"):
        assert shown not in manager.get(address).content.decode()
    assert "还没有推送过" in manager.get("/board/webhooks/").content.decode()
    replaced = manager.post(f"/board/webhooks/{card.id}/secret").content.decode()
    assert SECRET.findall(replaced) not in ([], [shown])
    assert "签名密钥 2 个" in manager.get(f"/board/webhooks/{card.id}").content.decode()
    kept = fetch_all("select string_agg(t::text, ' ') as told from (select * from idempotency_intent) t")
    assert shown not in str(kept) + str(fetch_all("select details from audit_auditentry"))


@pytest.mark.rule("API-01", "ORD-05")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "http://10.0.0.1/x"}, "内网地址没有放行"),
        ({"url": "javascript:alert(1)"}, "只能是 http 或 https"),
        ({"title": " "}, "请写明"),
        ({"topic": ["no.such"]}, "没有事件"),
        ({"intent": "x"}, "看不懂"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(
    cast: Cast, manager: Client, wrong: dict[str, object], said: str
) -> None:
    answer = made(manager, **wrong)
    assert answer.status_code in (400, 404) and said in answer.content.decode()
    assert subscriptions(scope=Scope.operator(), at=cast.now) == []


@pytest.mark.rule("API-01")
def test_tested_paused_changed_replayed_and_ended(cast: Cast, manager: Client) -> None:
    made(manager)
    (card,) = subscriptions(scope=Scope.operator(), at=cast.now)
    here = f"/board/webhooks/{card.id}"
    assert manager.post(f"{here}/test").status_code == 303
    assert "试推送" in manager.get(here, headers={"HX-Request": "true"}).content.decode()
    manager.post(f"{here}/state", {"state": "paused"})
    assert "由经理停用" in manager.get(here).content.decode()
    manager.post(f"{here}/state", {"state": "active"})
    manager.post(here, {**FORM, "title": "财务系统", "topic": []})
    assert "财务系统" in manager.get("/board/webhooks/").content.decode()
    fetch_all(
        "update webhooks_delivery set state = 'given_up', done_at = now(), last_failure = 'timeout', attempts = 20"
    )
    page = manager.get(f"{here}?state=given_up").content.decode()
    assert "已放弃" in page and "没有在时限内回答" in page
    (line,) = fetch_all("select id from webhooks_delivery")
    assert manager.post(f"{here}/replay", {"delivery": line["id"]}).status_code == 303
    assert fetch_all("select state, attempts from webhooks_delivery") == [{"state": "waiting", "attempts": 0}]
    assert manager.post(f"{here}/replay", {"since": "yesterday"}).status_code == 400
    assert manager.post(f"{here}/replay", {"since": "2026-11-01T08:00"}).status_code == 303
    assert manager.post(f"{here}/state", {"state": "ended"}).headers["Location"] == "/board/webhooks/"
    assert manager.get(here).status_code == 404
    trail = [
        row["action"]
        for row in fetch_all("select action from audit_auditentry where subject = 'webhook' order by id")
    ]
    assert trail == [
        "webhook.made", "webhook.pinged", "webhook.state_set", "webhook.state_set", "webhook.changed", "webhook.replayed",
        "webhook.replayed", "webhook.state_set",
    ]  # fmt: skip
