"""Access devices: the list, and for headquarters the form. A secret is typed or made, never shown again (LAW-03)."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.provisioning import api as provisioning
from onehall.entrances.board.network.views import NETWORK, device_rows
from onehall.entrances.board.network.words import KINDS, word
from onehall.entrances.board.pages import intent_of, page
from onehall.foundation.refusals import NotFound
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.admit_device import admit_device
from onehall.journeys.change_device import change_device
from onehall.journeys.retire_device import retire_device
from onehall.readings.network.board import AccessDevice, devices

DEVICES = f"{NETWORK}devices"
_MADE = Text("16 位以上；空着就由系统生成一个", "16 characters or more; left empty, one is made")
_KEPT = Text("空着就不换", "left empty, the one it has stays")
_COA = "3799"
_LONGEST = 128


@permit("network.view", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """Every device with its health."""
    rows = [{**row, "sort": word(KINDS, row["device"].kind)} for row in device_rows(request)]
    facts = {"rows": rows, "topics": "device.changed", "source": DEVICES}
    return page(
        request, "board/network/devices.html", facts, part="board/network/device_rows.html", here=NETWORK
    )


@permit("network.manage")
def new(request: Request) -> HttpResponse:
    """A form; by POST the device is in and its secret shown, this once."""
    if request.method == "GET":
        facts = {"given": {"coa_port": _COA, "kind": "generic"}, "kinds": KINDS.items(), "secret_hint": _MADE}
        return page(request, "board/network/device.html", facts, here=NETWORK)
    made = admit_device(draft=_draft(request), intent=intent_of(request), by=request.actor, at=request.at)
    facts = {"secret": made.secret, "name": request.POST.get("name", "")[:_LONGEST]}
    return page(request, "board/network/device_secret.html", facts, here=NETWORK)


@permit("network.manage")
def one(request: Request, device_id: int) -> HttpResponse:
    """A device's facts; by POST they are changed, an empty secret leaves the one it has."""
    known = _known(request, device_id)
    if request.method == "POST":
        change_device(device_id=device_id, draft=_draft(request), by=request.actor, at=request.at)
        return go(request, DEVICES)
    given = {name: getattr(known, name) for name in ("name", "kind", "address", "coa_port", "place")}
    facts = {"given": given, "kinds": KINDS.items(), "device": known, "secret_hint": _KEPT}
    return page(request, "board/network/device.html", facts, here=NETWORK)


@permit("network.manage", methods=("POST",))
def retire(request: Request, device_id: int) -> HttpResponse:
    """The device is spoken to no more."""
    retire_device(device_id=_known(request, device_id).id, by=request.actor, at=request.at)
    return go(request, DEVICES)


def _known(request: Request, device_id: int) -> AccessDevice:
    for known in devices(scope=request.actor.scope):
        if known.id == device_id:
            return known
    raise NotFound(what="这台接入设备", what_en="This access device")


def _draft(request: Request) -> provisioning.DeviceDraft:
    given: dict[str, Any] = {
        name: request.POST.get(name, "").strip()[:_LONGEST]
        for name in ("name", "kind", "address", "place", "secret")
    }
    port = request.POST.get("coa_port", "")
    return provisioning.DeviceDraft(
        coa_port=int(port) if port.isdecimal() and len(port) < len("100000") else 0, **given
    )
