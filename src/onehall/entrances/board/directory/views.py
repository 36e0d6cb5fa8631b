"""Numbers to call: own lines, fault line, partner's order room, test desk, superiors (ORG-07)."""

from django.http import HttpResponse

from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import page
from onehall.foundation.values.period import local
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request


@permit("directory.view", methods=("GET",))
def entries(request: Request) -> HttpResponse:
    """The directory of the hall, in the profile's order."""
    by = request.actor
    facts = {
        "hall": organisation.hall(by.hall_id, scope=by.scope),
        "today": organisation.plan_on(by.hall_id, local(request.at).date(), scope=by.scope),
        "entries": organisation.directory(by.hall_id, scope=by.scope),
    }
    return page(request, "board/directory/page.html", facts)
