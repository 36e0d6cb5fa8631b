"""A rule by its number. The book itself stays with the programme's documents; here is what stands on the rule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from onehall.contexts.catalogue import api as catalogue
from onehall.entrances.board.pages import page
from onehall.entrances.board.policies.words import shown, unit_of
from onehall.entrances.board.rulebook.chapters import CHAPTERS, ELIGIBILITY
from onehall.foundation.policy import PolicyBook, declared
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request

_RULE = re.compile(r"([A-Z]{3})-\d{2}")
_PLACE = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True, slots=True)
class Saying:
    """A refusal in words, with blanks where the facts of the case stand."""

    code: str
    sentence: Text
    instead: Text


@permit("account.self", methods=("GET",))
def rule(request: Request, rule: str) -> HttpResponse:
    """The chapter of the rule, the policies that set its numbers, the products it limits, the refusals that cite it."""
    known = _RULE.fullmatch(rule)
    chapter = CHAPTERS.get(known[1]) if known else None
    if chapter is None:
        raise NotFound(what=f"规则 {rule[:10]}", what_en=f"Rule {rule[:10]}")
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    facts = {
        "rule": rule,
        "chapter": chapter,
        "policies": _policies(rule, book) if request.actor.may("policy.view") else [],
        "offerings": _offerings(request, rule),
        "refusals": sorted(_sayings(rule), key=lambda saying: saying.code),
    }
    return page(request, "board/rulebook/page.html", facts)


def _policies(rule: str, book: PolicyBook) -> list[dict[str, Any]]:
    keys = [key for key in declared().values() if key.rule == rule]
    return [{"key": key, "value": shown(key, book[key]), "unit": unit_of(key)} for key in keys]


def _offerings(request: Request, rule: str) -> list[Text]:
    codes = {code for code, cited in ELIGIBILITY.items() if cited == rule}
    if not codes:
        return []
    on_sale = catalogue.offerings(at=request.at, scope=request.actor.scope)
    return [one.name for one in on_sale if any(codes & set(sale.eligibility) for sale in one.sales)]


def _sayings(rule: str) -> Iterator[Saying]:
    for kind in _kinds(Refusal):
        if kind.rule == rule:
            yield Saying(
                kind.code,
                Text(_blank(kind.zh), _blank(kind.en)),
                Text(_blank(kind.alternative_zh), _blank(kind.alternative_en)),
            )


def _kinds(base: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _blank(words: str) -> str:
    return _PLACE.sub("…", words)
