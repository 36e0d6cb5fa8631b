"""Key accounts: who is responsible, which levels end soon, who may still act (CUS-07)."""

from django.http import HttpResponse

from onehall.contexts.customers import api as customers
from onehall.entrances.board.pages import address, page
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.key_accounts import key_accounts

HOME = "/board/key-accounts/"
_PAGE = 50


@permit("account.view", methods=("GET",))
def show(request: Request) -> HttpResponse:
    """Organisations and customers with a level of the halls one works in; mine alone with `mine`."""
    by, mine = request.actor, request.GET.get("mine") == "1"
    after = request.GET.get("after", "")
    found = key_accounts(
        mine=by.user_id if mine else None, after=int(after) if after.isdecimal() and len(after) < 16 else 0,
        limit=_PAGE + 1, at=request.at, scope=by.scope,
    )  # fmt: skip
    shown = found[:_PAGE]
    facts = {
        "accounts": [(one, customers.LEVELS[one.level]) for one in shown], "mine": mine,
        "onwards": address(HOME, mine="1" if mine else "", after=str(shown[-1].party_id)) if len(found) > _PAGE else "",
        "source": address(HOME, mine="1" if mine else "", after=after),
    }  # fmt: skip
    return page(
        request, "board/key_accounts/page.html", facts, part="board/key_accounts/rows.html", here=HOME
    )
