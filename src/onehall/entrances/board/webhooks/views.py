"""Webhooks for managers: who is told, how it goes, what was sent; making, changing, pausing, testing, sending again."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse

from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import SIZE, Unreadable, address, intent_of, number_of, page
from onehall.entrances.board.webhooks.words import STATES, health, topic, trouble
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.foundation.webhooks.contracts import DeliveryLine, SubscriptionCard
from onehall.foundation.webhooks.queries import deliveries, subscription, subscriptions
from onehall.foundation.webhooks.topics import TOPICS
from onehall.journeys.change_webhook import change_webhook
from onehall.journeys.ping_webhook import ping_webhook
from onehall.journeys.replay_webhook import replay_webhook
from onehall.journeys.rotate_webhook_secret import rotate_webhook_secret
from onehall.journeys.set_webhook_state import set_webhook_state
from onehall.journeys.subscribe_webhook import subscribe_webhook

WEBHOOKS = "/board/webhooks/"
_TOPIC = "webhook.changed"
_LONGEST_TITLE = 60
_DIGITS = 18
_ALL = ("", Text("全部", "all"))


@permit("webhook.manage", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """Every webhook of the caller's halls with its health."""
    found = subscriptions(scope=request.actor.scope, at=request.at)
    facts = {"cards": [_card(request, one) for one in found], "topics": _TOPIC}
    return page(request, "board/webhooks/list.html", facts, part="board/webhooks/cards.html", here=WEBHOOKS)


@permit("webhook.manage")
def new(request: Request) -> HttpResponse:
    """A form; by POST the webhook is made and its secret shown, this once."""
    if request.method == "GET":
        return page(request, "board/webhooks/new.html", _choices(request, ()), here=WEBHOOKS)
    everywhere = request.POST.get("where") == "all"
    made = subscribe_webhook(
        intent=intent_of(request), hall_id=None if everywhere else request.actor.hall_id,
        by=request.actor, at=request.at, **_given(request),
    )  # fmt: skip
    return _secret(request, made.subscription_id, made.secret, fresh=True)


@permit("webhook.manage")
def one(request: Request, webhook: int) -> HttpResponse:
    """One webhook with its deliveries; by POST its title, address and topics are changed."""
    card = _known(request, webhook)
    if request.method == "POST":
        change_webhook(subscription_id=webhook, by=request.actor, at=request.at, **_given(request))
        return go(request, f"{WEBHOOKS}{webhook}")
    facts = {"card": _card(request, card), **_choices(request, card.topics), **_lines(request, card)}
    return page(
        request, "board/webhooks/one.html", facts, part="board/webhooks/deliveries.html", here=WEBHOOKS
    )


@permit("webhook.manage", methods=("POST",))
def secret(request: Request, webhook: int) -> HttpResponse:
    """A new secret, shown this once."""
    _known(request, webhook)
    fresh = rotate_webhook_secret(subscription_id=webhook, by=request.actor, at=request.at)
    return _secret(request, webhook, fresh, fresh=False)


@permit("webhook.manage", methods=("POST",))
def state(request: Request, webhook: int) -> HttpResponse:
    """Paused, active or ended."""
    _known(request, webhook)
    wanted = request.POST.get("state", "")
    if wanted not in ("active", "paused", "ended"):
        raise Unreadable(what="状态", what_en="The state", field="state")
    set_webhook_state(subscription_id=webhook, state=wanted, by=request.actor, at=request.at)
    return go(request, WEBHOOKS if wanted == "ended" else f"{WEBHOOKS}{webhook}")


@permit("webhook.manage", methods=("POST",))
def test(request: Request, webhook: int) -> HttpResponse:
    """A test delivery; it shows among the others as soon as the clock has sent it."""
    _known(request, webhook)
    ping_webhook(subscription_id=webhook, by=request.actor, at=request.at)
    return go(request, f"{WEBHOOKS}{webhook}")


@permit("webhook.manage", methods=("POST",))
def replay(request: Request, webhook: int) -> HttpResponse:
    """One delivery, or all since a time, once more."""
    card = _known(request, webhook)
    which: dict[str, Any] = {}
    if request.POST.get("delivery"):
        which["delivery_id"] = number_of(request, "delivery", Text("推送", "The delivery"))
    else:
        which["since"] = _since(request)
    hall = card.hall_id or request.actor.hall_id
    replay_webhook(subscription_id=webhook, hall_id=hall, by=request.actor, at=request.at, **which)
    return go(request, f"{WEBHOOKS}{webhook}")


def _known(request: Request, webhook: int) -> SubscriptionCard:
    """Raises NotFound for another hall's, before anything else is said."""
    return subscription(subscription_id=webhook, scope=request.actor.scope, at=request.at)


def _since(request: Request) -> datetime:
    try:
        return datetime.fromisoformat(request.POST.get("since", "")).replace(tzinfo=CHINA)
    except ValueError:
        raise Unreadable(what="时间", what_en="The time", field="since") from None


def _given(request: Request) -> dict[str, Any]:
    asked = request.POST.getlist("topic")
    return {
        "title": request.POST.get("title", "").strip()[:_LONGEST_TITLE],
        "url": request.POST.get("url", "").strip(),
        "topics": asked,
    }


def _choices(request: Request, chosen: tuple[str, ...]) -> dict[str, Any]:
    wheres = [("hall", Text("本厅", "this hall"))]
    if request.actor.halls is None:
        wheres.append(("all", Text("全部营业厅", "every hall")))
    return {"offered": [(code, words, code in chosen) for code, words in TOPICS.items()], "wheres": wheres}


def _card(request: Request, card: SubscriptionCard) -> dict[str, Any]:
    halls = {hall.id: hall.name for hall in organisation.halls(scope=request.actor.scope)}
    kind, words = health(card, request.at)
    return {
        "card": card,
        "host": urlsplit(card.url).netloc,
        "kind": kind,
        "words": words,
        "where": halls.get(card.hall_id, Text("全部营业厅", "every hall")),  # type: ignore[call-overload]
        "topics": [topic(code) for code in card.topics],
    }


def _lines(request: Request, card: SubscriptionCard) -> dict[str, Any]:
    before, wanted = request.GET.get("before", ""), request.GET.get("state", "")
    found = deliveries(
        subscription_id=card.id, scope=request.actor.scope, at=request.at, limit=SIZE + 1, state=wanted,
        before=int(before) if before.isdecimal() and len(before) <= _DIGITS else None,
    )  # fmt: skip
    here = f"{WEBHOOKS}{card.id}"
    return {
        "lines": [_line(one) for one in found[:SIZE]],
        "following": address(here, state=wanted, before=found[SIZE - 1].id) if len(found) > SIZE else "",
        "source": address(here, state=wanted, before=before),
        "topics": _TOPIC,
        "states": [_ALL, *((code, words) for code, (_, words) in STATES.items())],
        "asked": wanted,
    }


def _line(line: DeliveryLine) -> dict[str, Any]:
    kind, words = STATES[line.state]
    return {"line": line, "kind": kind, "words": words, "topic": topic(line.topic), "trouble": trouble(line)}


def _secret(request: Request, webhook: int, value: str, *, fresh: bool) -> HttpResponse:
    facts = {"back": f"{WEBHOOKS}{webhook}", "secret": value, "fresh": fresh}
    return page(request, "board/webhooks/secret.html", facts, here=WEBHOOKS)
