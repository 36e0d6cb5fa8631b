"""Delivery reports of the gateway for text messages (BIL-06)."""

from django.http import HttpResponse, JsonResponse

from onehall.foundation.notices.plugs import reports as reported
from onehall.foundation.refusals import Refusal
from onehall.foundation.web.permit import public
from onehall.foundation.web.problems import refusal_problem
from onehall.foundation.web.requests import PublicRequest
from onehall.journeys.note_delivery import note_delivery


@public(methods=("POST",))
def reports(request: PublicRequest) -> HttpResponse:
    """All of a request or none of it; sent again it changes nothing. Without the key 401, unreadable 400, both as a problem."""
    try:
        said = reported(request.body, request.headers.get("X-Signature", ""))
    except Refusal as refusal:
        return refusal_problem(request, refusal)
    return JsonResponse({"changed": note_delivery(reports=said, at=request.at), "taken": len(said)})


reports.csrf_exempt = True  # type: ignore[attr-defined]
