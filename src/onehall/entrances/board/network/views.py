"""The network's page of the board, and the list of what is not yet in effect."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse

from onehall.contexts.provisioning import api as provisioning
from onehall.entrances.board.network.words import health
from onehall.entrances.board.pages import SIZE, address, page
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.network.board import (
    AccessDevice,
    Backlog,
    Compound,
    Refusals,
    Unfulfilled,
    backlog,
    compounds,
    devices,
    refusals,
    unfulfilled,
)
from onehall.readings.network.line import BROKEN

NETWORK = "/board/network/"
TOPICS = "access.changed subscription.changed payment.taken sale.voided sale.reversed"
_SHOWN = 6
_REFUSED_HOURS = 24
_DIGITS = 18
_MARKS = {"topics": TOPICS, "hours": _REFUSED_HOURS}


@permit("network.view", methods=("GET",))
def network(request: Request) -> HttpResponse:
    """On line by compound, refusals by reason, what waits, how the devices are."""
    return page(
        request,
        "board/network/page.html",
        _facts(request.actor, request.at, device_rows(request)),
        part="board/network/now.html",
        here=NETWORK,
    )


@permit("network.view", methods=("GET",))
def waiting(request: Request) -> HttpResponse:
    """待生效: every command that the network was not told yet, the oldest first, with its age and the reason."""
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() and len(after) <= _DIGITS else None
    found = unfulfilled(limit=SIZE + 1, scope=request.actor.scope, after=start)
    here = f"{NETWORK}waiting"
    facts = {
        "rows": [waiting_row(one) for one in found[:SIZE]],
        "backlog": backlog(scope=request.actor.scope),
        "following": address(here, after=found[SIZE - 1].id) if len(found) > SIZE else "",
        "source": address(here, after=after),
        "topics": TOPICS,
    }
    return page(
        request, "board/network/waiting.html", facts, part="board/network/waiting_rows.html", here=NETWORK
    )


def waiting_row(one: Unfulfilled) -> dict[str, Any]:
    """A command in words, with the way to its line."""
    return {
        "command": one,
        "words": provisioning.command_words(one.kind),
        "why": provisioning.obstacle(one.last_error) if one.last_error else None,
        "href": f"/desk/customers/{one.party_id}/line/{one.account}" if one.party_id else "",
    }


def device_rows(request: Request) -> list[dict[str, Any]]:
    """Every device with how it is."""
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    silent = book[provisioning.DEVICE_SILENT] * 60
    rows = []
    for one in devices(scope=request.actor.scope):
        kind, words = health(one, silent_after=silent, at=request.at)
        why = provisioning.obstacle(one.last_error) if one.last_error else None
        rows.append({"device": one, "kind": kind, "words": words, "why": why})
    return rows


def _facts(by: Actor, at: datetime, boxes: list[dict[str, Any]]) -> dict[str, Any]:
    scope = by.scope
    limits = provisioning.diagnosis_limits(policy_book(hall_id=by.hall_id, at=at))
    places = compounds(at=at, lately=limits.outage, broken=BROKEN, scope=scope)
    refused = refusals(since=at - timedelta(hours=_REFUSED_HOURS), scope=scope)
    waits = backlog(scope=scope)
    return {
        "tiles": _tiles(places, refused, waits, boxes, limits),
        "places": [_place(one, limits) for one in places],
        "refused": refused,
        "rows": [waiting_row(one) for one in unfulfilled(limit=_SHOWN, scope=scope)],
        "backlog": waits,
        "devices": [row for row in boxes if row["device"].state == "active"],
        **_MARKS,
        "minutes": limits.outage // timedelta(minutes=1),
    }


def _place(one: Compound, limits: provisioning.DiagnosisLimits) -> tuple[Compound, bool]:
    return one, one.gone >= limits.outage_lines


def _tiles(
    places: tuple[Compound, ...],
    refused: tuple[Refusals, ...],
    waits: Backlog,
    boxes: list[dict[str, Any]],
    limits: provisioning.DiagnosisLimits,
) -> list[dict[str, Any]]:
    lines, on_line = sum(one.lines for one in places), sum(one.on_line for one in places)
    out = [one for one in places if one.gone >= limits.outage_lines]
    troubled = [row["device"] for row in boxes if row["kind"] in ("warn", "bad")]
    return [
        _tile(Text("在线", "On line"), on_line, f"{NETWORK}sessions", Text(f"共 {lines} 条宽带", f"of {lines} lines")),
        _tile(Text("疑似故障小区", "Compounds in trouble"), len(out), "", _names([one.name for one in out]), bad=bool(out)),
        _tile(Text("24 小时被拒", "Refused in 24 h"), sum(one.number for one in refused), "#refused",
              refused[0].words if refused else Text("没有", "none")),
        _tile(Text("待生效", "Not yet in effect"), waits.number, f"{NETWORK}waiting",
              Text(f"{waits.tried} 条试过没成", f"{waits.tried} tried in vain"), warn=waits.tried > 0),
        _tile(Text("异常设备", "Devices in trouble"), len(troubled), f"{NETWORK}devices",
              _device_names(troubled), bad=bool(troubled)),
    ]  # fmt: skip


def _tile(
    label: Text, value: int, href: str, note: Text, *, bad: bool = False, warn: bool = False
) -> dict[str, Any]:
    kind = "bad" if bad else "warn" if warn else ""
    return {"label": label, "value": value, "href": href, "note": note, "kind": kind}


def _names(names: list[Text]) -> Text:
    return Text("、".join(one.zh for one in names[:2]), ", ".join(one.en for one in names[:2]))


def _device_names(troubled: list[AccessDevice]) -> Text:
    return _names([Text(one.name, one.name) for one in troubled])
