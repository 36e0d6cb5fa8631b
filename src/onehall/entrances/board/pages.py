"""What every page of the board shares: the way round it, its live regions, and pages that are asked for in part."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from onehall.entrances.board.ways import ways
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request, wants_fragment

SIZE = 50
"""Rows of a page: what fits two screens, so that a list stays calm however long it is."""

_STEPS = "dispatched signed assigned started tested finished abandoned returned called archived"
WORK_TOPICS = (
    " ".join(f"work.{step}" for step in _STEPS.split())
    + " payment.taken sale.voided sale.reversed customers.corrected"
)
"""Whatever changes a work order: its own steps, the sale that brings it, the void that takes it back, a telephone corrected."""

DAY_TOPICS = f"{WORK_TOPICS} drawer.changed deposit.changed customers.break_glass policy.changed"


class Unreadable(Refusal):
    """A form that does not hold what it should: made up, or from a page of another version."""

    code = "board.unreadable"
    rule = "SEC-10"
    status = 400
    zh = "{what}看不懂，什么都没有改动。"
    en = "{what_en} could not be read; nothing was changed."
    alternative_zh = "请刷新页面，重新填写再提交。"
    alternative_en = "Reload the page, fill it in again and send it once more."


def page(
    request: Request, template: str, facts: dict[str, Any], *, part: str = "", here: str = ""
) -> HttpResponse:
    """The page within the board's frame; for a refresh only its `part`."""
    whole = {**ways(request.actor, here or request.path), **facts}
    return render(request, part if part and wants_fragment(request) else template, whole)


def intent_of(request: Request) -> UUID:
    """The number that makes pressing twice happen once; raises Unreadable."""
    try:
        return UUID(request.POST.get("intent", ""))
    except ValueError:
        raise Unreadable(what="表单编号", what_en="The number of the form", field="intent") from None


def number_of(request: Request, name: str, what: Text) -> int:
    """A number chosen in a form; raises Unreadable."""
    typed = request.POST.get(name, "")
    if not typed.isdecimal() or len(typed) > len(str(2**63)) - 1:
        raise Unreadable(what=what.zh, what_en=what.en, field=name)
    return int(typed)


def day_asked(request: Request) -> date:
    """The day in the address, today where none or no real one is given."""
    asked = request.POST.get("day") or request.GET.get("day", "")
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return local(request.at).date()


def address(path: str, **asked: Any) -> str:
    """`path` with what was asked for, empty parts left out."""
    kept = {name: value for name, value in asked.items() if value not in ("", None)}
    return f"{path}?{urlencode(kept)}" if kept else path
