"""Pictures of a customer's papers at the desk: kept with what they are for, looked at with a reason (LAW-06)."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.entrances.desk.counter.forms import BadRequest, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.imagery import PictureTooLarge
from onehall.foundation.imagery.cleaning import MEGABYTE
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import PartyId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.keep_scan import keep_scan
from onehall.journeys.view_scan import view_scan


@permit("scan.view", methods=("GET",))
def scans(request: Request, party_id: int) -> HttpResponse:
    """What is kept, and the form for another."""
    return render(request, "desk/customers/scans.html", _facts(request, party_id))


@permit("scan.keep", methods=("POST",))
def keep(request: Request) -> HttpResponse:
    """The picture is drawn anew, stamped and kept. One address for all customers: it takes larger files than others."""
    party_id = whole_number(request, "party")
    content, name = _file(request)
    keep_scan(
        party_id=PartyId(party_id), kind=_kind(request), purpose=request.POST.get("purpose", ""), content=content, name=name,
        by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"/desk/customers/{party_id}/scans")


@permit("scan.view", methods=("POST",))
def scan(request: Request, party_id: int, scan_id: int) -> HttpResponse:
    """The picture itself, beside the desk; the browser keeps no copy."""
    reason = request.POST.get("reason", "")
    picture = view_scan(
        party_id=PartyId(party_id), scan_id=scan_id, reason=reason, by=request.actor, at=request.at
    )
    answer = HttpResponse(picture, content_type="image/jpeg")
    answer["Cache-Control"] = "no-store, private"
    answer["Content-Disposition"] = f'inline; filename="scan-{scan_id}.jpg"'
    return answer


def _facts(request: Request, party_id: int) -> dict[str, Any]:
    by, scope = request.actor, request.actor.scope
    record = customers.record(party_id, user_id=by.user_id, at=request.at, scope=scope)
    book = policy_book(hall_id=by.hall_id, at=request.at)
    found = customers.scans_of(party_id, scope=scope)
    return {
        **surroundings(request), "card": record.card, "kinds": list(customers.SCAN_KINDS.items()),
        "scans": [(one, customers.SCAN_KINDS[one.kind]) for one in found], "days": book[customers.SCAN_DAYS],
        "most": book[customers.SCAN_SIZE], "back_href": f"/desk/customers/{party_id}",
    }  # fmt: skip


def _file(request: Request) -> tuple[bytes, str]:
    """The file and its name; one that is larger than the policy allows is not read."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return b"", ""
    most = policy_book(hall_id=request.actor.hall_id, at=request.at)[customers.SCAN_SIZE]
    size = sent.size or 0
    if size > most * MEGABYTE:
        said = f"{size / MEGABYTE:.1f} MB"
        raise PictureTooLarge(field="file", what=said, what_en=said, most=f"{most} MB")
    return sent.read(), sent.name or ""


def _kind(request: Request) -> customers.ScanKind:
    try:
        return customers.ScanKind(request.POST.get("what", ""))
    except ValueError:
        raise BadRequest(field="what", field_name="what") from None
