"""The list of suspected duplicates, and the merges that were made (CUS-06). Everything personal stays masked (SEC-07)."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.api import Suspicion
from onehall.entrances.board.duplicates.words import KINDS, SUSPICIONS
from onehall.entrances.board.pages import SIZE, address, page
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.duplicates import merges, suspected

LIST = "/board/duplicates/"
TOPICS = "customers.registered customers.merged"
_MERGED = "merged"
_DIGITS = 18


@permit("customer.merge", methods=("GET",))
def pairs(request: Request) -> HttpResponse:
    """Pairs by the reason of the suspicion, the strongest first; or what was merged."""
    shown = request.GET.get("by", "")
    facts = _merges(request) if shown == _MERGED else _pairs(request, _asked(shown))
    return page(request, "board/duplicates/list.html", facts, part="board/duplicates/rows.html", here=LIST)


def _asked(shown: str) -> Suspicion:
    return Suspicion(shown) if shown in set(Suspicion) else Suspicion.SAME_DOCUMENT


def _tabs(shown: str) -> list[tuple[Text, str, bool]]:
    tabs = [(words, address(LIST, by=reason.value), shown == reason) for reason, words in SUSPICIONS.items()]
    return [*tabs, (Text("合并记录", "Merges"), address(LIST, by=_MERGED), shown == _MERGED)]


def _pairs(request: Request, reason: Suspicion) -> dict[str, Any]:
    scope, after = request.actor.scope, request.GET.get("after", "")
    found = suspected(suspicion=reason, after=after, limit=SIZE + 1, scope=scope)
    shown = found[:SIZE]
    cards = _cards([one for pair in shown for one in (pair.one, pair.other)], scope)
    return {
        "topics": TOPICS,
        "tabs": _tabs(reason.value),
        "source": address(LIST, by=reason.value, after=after),
        "pairs": [(cards[pair.one], cards[pair.other]) for pair in shown],
        "reason": SUSPICIONS[reason],
        "kind": KINDS[reason],
        "following": address(LIST, by=reason.value, after=shown[-1].place) if len(found) > SIZE else "",
    }


def _merges(request: Request) -> dict[str, Any]:
    scope, before = request.actor.scope, request.GET.get("before", "")
    start = int(before) if before.isdecimal() and len(before) <= _DIGITS else None
    found = merges(scope=scope, limit=SIZE + 1, before=start)
    shown = found[:SIZE]
    cards = _cards([one for line in shown for one in (line.absorbed_id, line.survivor_id)], scope)
    return {
        "topics": TOPICS,
        "tabs": _tabs(_MERGED),
        "source": address(LIST, by=_MERGED, before=before),
        "merged": [(line, cards[line.absorbed_id], cards[line.survivor_id]) for line in shown],
        "following": address(LIST, by=_MERGED, before=shown[-1].id) if len(found) > SIZE else "",
    }


def _cards(party_ids: list[int], scope: Scope) -> dict[int, customers.CustomerCard]:
    return {int(one): card for one, card in customers.cards(party_ids, scope=scope).items()}
