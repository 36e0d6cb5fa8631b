"""The hall's numbers with their reasons, and changing one of them from a day on (habit of the house: data, not code)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import Unreadable, page
from onehall.entrances.board.policies.words import (
    MINUTE_OF_DAY,
    bounds,
    group_of,
    shown,
    stored,
    typed,
    unit_of,
)
from onehall.foundation.policy import NotBeforeToday, PolicyBook, PolicyKey, declared
from onehall.foundation.policy.book import MissingPolicy
from onehall.foundation.policy.services import entries_of, policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotFound, NotPermitted
from onehall.foundation.values.period import local, midnight
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.change_policy import change_policy

POLICIES = "/board/policies/"
_LONGEST_SOURCE = 300
_HERE, _EVERYWHERE = Text("本厅", "this hall"), Text("全部营业厅", "every hall")
_NATIVE = {"bool": "checkbox", "money": "money", "int": "number"}


class SourceMissing(Refusal):
    """A value nobody can explain later."""

    code = "board.policy_without_source"
    rule = "ORG-05"
    status = 400
    zh = "改政策要写明依据。"
    en = "A change of policy needs its source."
    alternative_zh = "例如：营业部 2026 年第 5 号通知。"
    alternative_en = "For example: notice 5 of 2026 of the department."


@permit("policy.view", methods=("GET",))
def keys(request: Request) -> HttpResponse:
    """Every key by group: the value in force here, bounds, rule and source."""
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    groups: dict[str, dict[str, Any]] = {}
    for code, known in declared().items():
        group = groups.setdefault(code.split(".", 1)[0], {"words": group_of(code), "rows": []})
        group["rows"].append(_row(known, book))
    facts = {"groups": groups.values(), "topics": "policy.changed"}
    return page(request, "board/policies/list.html", facts, part="board/policies/rows.html", here=POLICIES)


@permit("policy.view")
def key(request: Request, code: str) -> HttpResponse:
    """One key with its history; by POST a new value from a day on."""
    known = _known(code)
    if request.method == "POST":
        _change(request, known)
        return go(request, f"{POLICIES}{code}")
    return page(request, "board/policies/key.html", _facts(request, known), here=POLICIES)


@permit("policy.change", methods=("GET",))
def preview(request: Request, code: str) -> HttpResponse:
    """What the change would do: the old value, the new one, from when and where."""
    known = _known(code)
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    facts: dict[str, Any] = {"old": _in_force(known, book), "unit": unit_of(known), "denied": None}
    try:
        new, day = stored(known, request.GET.get("value", "")), _day(request.GET.get("from", ""), request)
        where = _EVERYWHERE if request.GET.get("where") == "all" else _HERE
        facts |= {"new": shown(known, known.accept(new)), "day": day, "where": where.in_(request.lang)}
    except Refusal as refusal:
        facts["denied"] = refusal
    return render(request, "board/policies/preview.html", facts)


def _change(request: Request, known: PolicyKey[Any]) -> None:
    request.actor.require("policy.change")
    given = request.POST
    value, day = stored(known, given.get("value", "")), _day(given.get("from", ""), request)
    source = given.get("source", "").strip()[:_LONGEST_SOURCE]
    if not source:
        raise SourceMissing(field="source")
    everywhere = given.get("where") == "all"
    if everywhere and request.actor.halls is not None:
        raise NotPermitted(permission="policy.change")
    change_policy(
        key=known.code, value=value, valid_from=_start(day, request), source=source,
        hall_id=None if everywhere else request.actor.hall_id, by=request.actor, at=request.at,
    )  # fmt: skip


def _facts(request: Request, known: PolicyKey[Any]) -> dict[str, Any]:
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    halls = {hall.id: hall.name for hall in organisation.halls(scope=request.actor.scope)}
    history = [entry for entry in entries_of(known) if entry["hall_id"] is None or entry["hall_id"] in halls]
    return {
        "key": known,
        "row": _row(known, book),
        "history": [_entry(known, entry, halls, _source(known, book)) for entry in history],
        "typed": typed(known, book[known]) if _source(known, book) else "",
        "field_type": "text" if known.unit == MINUTE_OF_DAY else _NATIVE.get(known.kind, "text"),
        "tomorrow": local(request.at).date() + timedelta(days=1),
        "wheres": [("hall", _HERE)]
        if request.actor.halls is not None
        else [("hall", _HERE), ("all", _EVERYWHERE)],
    }


def _row(known: PolicyKey[Any], book: PolicyBook) -> dict[str, Any]:
    entry = _source(known, book)
    found = next((one for one in entries_of(known) if one["id"] == entry), None)
    return {
        "key": known,
        "value": _in_force(known, book),
        "unit": unit_of(known),
        "bounds": bounds(known),
        "entry": found,
    }


def _entry(
    known: PolicyKey[Any], entry: dict[str, Any], halls: dict[Any, Text], in_force: int | None
) -> dict[str, Any]:
    everywhere = _EVERYWHERE if entry["region_id"] is None else Text("本区", "the region")
    where = halls[entry["hall_id"]] if entry["hall_id"] else everywhere
    return {
        **entry,
        "shown": shown(known, known.accept(entry["value"])),
        "where": where,
        "in_force": entry["id"] == in_force,
    }


def _in_force(known: PolicyKey[Any], book: PolicyBook) -> Text:
    return shown(known, book[known]) if _source(known, book) else Text("未设", "not set")


def _source(known: PolicyKey[Any], book: PolicyBook) -> int | None:
    try:
        return book.source(known)
    except MissingPolicy:
        return None


def _known(code: str) -> PolicyKey[Any]:
    found = declared().get(code)
    if found is None:
        raise NotFound(what=f"政策 {code[:60]}", what_en=f"Policy {code[:60]}")
    return found


def _day(given: str, request: Request) -> date:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise Unreadable(what="生效日期", what_en="The day it takes effect", field="from") from None
    if day < local(request.at).date():
        raise NotBeforeToday(day=day, field="from")
    return day


def _start(day: date, request: Request) -> datetime:
    """The day's first instant, today the present one: nothing is changed backwards."""
    return max(midnight(day), request.at)
