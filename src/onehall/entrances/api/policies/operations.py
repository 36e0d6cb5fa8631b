"""Policies in force, and new values."""

from typing import Any

from ninja import Query
from pydantic import Field

from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Bilingual, Day, Given, Moment, Sentence, Shown
from onehall.foundation.policy import NotBeforeToday, PolicyBook, PolicyKey, declared
from onehall.foundation.policy.book import MissingPolicy
from onehall.foundation.policy.services import entries_of, policy_book
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.period import local, midnight
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.change_policy import change_policy

noun = Noun(Text("政策", "Policies"))
Stored = int | bool | str | list[str]


class Policy(Shown):
    """A number with its reason; money in fen. `value` null is not set."""

    key: str
    kind: str
    unit: str
    rule: str
    title: Bilingual
    minimum: int | None
    maximum: int | None
    value: Stored | None
    entry: int | None


class Policies(Shown):
    """By key; follow `next` for more."""

    items: list[Policy]
    next: str | None


class Entry(Shown):
    """A value as it was set."""

    id: int
    hall_id: int | None
    value: Stored
    valid_from: Moment
    source: str
    verified: bool


class History(Policy):
    """A policy with the values that were ever set here or everywhere, newest first."""

    entries: list[Entry]


class ValueGiven(Given):
    """A new value from a day on, with its source; `everywhere` takes a role in every hall."""

    value: Stored
    valid_from: Day
    source: Sentence = Field(min_length=1)
    everywhere: bool = False


class Changed(Shown):
    """The new entry; null where exactly this stood already."""

    entry: int | None


@noun.operation(
    "GET", "/policies", permission="policy.view", words=Text("本厅现行的政策", "The policies in force here"), shows=Policies
)  # fmt: skip
def listed(request: Request, stretch: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    shown = [_policy(key, book) for _, key in sorted(declared().items())]
    return stretch_of(request, shown, stretch, lambda one: one["key"])


@noun.operation(
    "GET", "/policies/{str:code}", permission="policy.view", words=Text("一项政策和历来的值", "A policy with its history"), shows=History
)  # fmt: skip
def show(request: Request, code: str) -> Any:
    key = _known(code)
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    scope = request.actor.scope
    entries = [one for one in entries_of(key) if one["hall_id"] is None or scope.allows(one["hall_id"])]
    return {**_policy(key, book), "entries": entries}


@noun.operation(
    "POST", "/policies/{str:code}/values", permission="policy.change", words=Text("从某一天起改", "Change it from a day on"), shows=Changed, status=201
)  # fmt: skip
def change(request: Request, code: str, given: ValueGiven) -> Any:
    key = _known(code)
    if given.valid_from < local(request.at).date():
        raise NotBeforeToday(day=given.valid_from, field="valid_from")
    entry = change_policy(
        key=key.code, value=given.value, valid_from=max(midnight(given.valid_from), request.at), source=given.source.strip(),
        hall_id=None if given.everywhere else request.actor.hall_id, by=request.actor, at=request.at,
    )  # fmt: skip
    return {"entry": entry}


def _known(code: str) -> PolicyKey[Any]:
    found = declared().get(code)
    if found is None:
        raise NotFound(what=f"政策 {code[:60]}", what_en=f"Policy {code[:60]}")
    return found


def _policy(key: PolicyKey[Any], book: PolicyBook) -> dict[str, Any]:
    facts = {name: getattr(key, name) for name in ("kind", "unit", "rule", "title", "minimum", "maximum")}
    try:
        value, entry = book[key], book.source(key)
    except MissingPolicy:
        value, entry = None, None
    plain = getattr(value, "fen", list(value) if isinstance(value, tuple) else value)
    return {"key": key.code, **facts, "value": plain, "entry": entry}
