"""A provider says that a customer has paid, or that a refund went through (PAY-03)."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from onehall.contexts.acquiring import api as acquiring
from onehall.foundation.refusals import Refusal
from onehall.foundation.web.permit import public
from onehall.foundation.web.requests import PublicRequest
from onehall.journeys.note_charge import note_charge
from onehall.steps.charging import acquirer

_PROVIDERS = frozenset(acquiring.Provider)


@csrf_exempt
@public(methods=("POST",))
def notice(request: PublicRequest, provider: str) -> HttpResponse:
    """204, or the words it waits for, once it is on record, however often it comes; else what is wrong, so that it is sent again."""
    if provider not in _PROVIDERS:
        return _failed(404, "provider")
    try:
        heard_by = acquirer(acquiring.Provider(provider))
        number, answer = heard_by.hear(request.headers, request.body, at=request.at)
        note_charge(number=number, answer=answer, by=None, at=request.at)
    except Refusal as refused:
        return _failed(refused.status, refused.code)
    return (
        HttpResponse(heard_by.thanks, content_type="text/plain")
        if heard_by.thanks
        else HttpResponse(status=204)
    )


def _failed(status: int, why: str) -> JsonResponse:
    return JsonResponse({"code": "FAIL", "message": why}, status=status)
