"""A paper that is spoilt before it is used (RCP-01)."""

from django.http import HttpResponse

from onehall.entrances.desk.counter.forms import intent_of, whole_number
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.spoil_paper import spoil_paper


@permit("paper.spoil", methods=("POST",))
def spoil(request: Request) -> HttpResponse:
    """Its number is put aside, with every copy."""
    spoil_paper(
        kind=request.POST.get("kind", ""), number=request.POST.get("number", ""),
        copies_present=whole_number(request, "copies_present", 0), reason=request.POST.get("reason", ""),
        intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, "/desk/drawer?spoilt=1")
