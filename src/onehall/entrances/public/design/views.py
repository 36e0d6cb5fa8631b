"""The gallery and one whole page of every surface, with invented people."""

from django.http import HttpResponse, HttpResponseNotFound
from django.shortcuts import render

from onehall.entrances.public.design import samples
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request

SURFACES = ("desk", "desk-new", "board", "table", "pocket", "job", "sign-in")


@permit("design.view", methods=("GET",))
def gallery(request: Request) -> HttpResponse:
    """Every component."""
    return render(
        request, "public/design/gallery.html", {**samples.everything(request.at), "surfaces": SURFACES}
    )


@permit("design.view", methods=("GET",))
def surface(request: Request, surface: str) -> HttpResponse:
    """A whole page as the gallery imagines it."""
    if surface not in SURFACES:
        return HttpResponseNotFound()
    return render(request, f"public/design/{surface}.html", samples.everything(request.at))


@permit("design.view", methods=("GET",))
def search(request: Request) -> HttpResponse:
    """What the command box of the gallery finds."""
    words = request.GET.get("q", "")
    return render(request, "public/design/hits.html", {"groups": samples.found(words), "query": words})


@permit("design.view", methods=("POST",))
def refusal(request: Request) -> HttpResponse:
    """Always says no, so that the gallery can show how."""
    raise samples.SampleRefusal(field="received")
