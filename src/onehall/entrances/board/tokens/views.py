"""Access tokens of the hall: issuing one, which is shown this once, and revoking it (API-01, SEC-08)."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import intent_of, number_of, page
from onehall.foundation.identity.contracts import TokenIssued, TokenWanted
from onehall.foundation.identity.permissions import PERMISSIONS
from onehall.foundation.identity.policies import TOKEN_DAYS
from onehall.foundation.identity.tokens import scopes_possible, tokens
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import CounterId
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.issue_token import issue_token
from onehall.journeys.revoke_token import revoke_token

TOKENS = "/board/tokens/"
_LONGEST = 80
_SOON = timedelta(days=14)
_COMMON_DAYS = 90
_NOBODY = ("", Text("选一位", "choose"))
_NO_COUNTER = ("", Text("不在台席（不收款）", "away from counters (takes no money)"))


@permit("token.manage")
def listed(request: Request) -> HttpResponse:
    """Every token of the hall, and the form of a new one; sent, the new token is shown this once."""
    fresh = _issue(request) if request.method == "POST" else None
    return page(request, "board/tokens/page.html", _facts(request, fresh), here=TOKENS)


@permit("token.manage", methods=("POST",))
def revoke(request: Request, token_id: int) -> HttpResponse:
    """From now on it opens nothing."""
    revoke_token(token_id=token_id, by=request.actor, at=request.at)
    return go(request, TOKENS)


def _issue(request: Request) -> TokenIssued:
    given = request.POST
    seat = (
        number_of(request, "counter", Text("所选台席", "The chosen counter"))
        if given.get("counter")
        else None
    )
    days = number_of(request, "days", Text("天数", "The number of days"))
    wanted = TokenWanted(
        name=given.get("name", "")[:_LONGEST], staff_no=given.get("staff_no", "")[:_LONGEST], hall_id=request.actor.hall_id,
        counter_id=CounterId(seat) if seat else None, scopes=tuple(given.getlist("scope")), days=days,
    )  # fmt: skip
    return issue_token(wanted=wanted, intent=intent_of(request), by=request.actor, at=request.at)


def _facts(request: Request, fresh: TokenIssued | None) -> dict[str, Any]:
    by = request.actor
    seats = organisation.counters(by.hall_id, scope=by.scope)
    numbers: dict[int, str] = {seat.id: seat.no for seat in seats}
    found = tokens(scope=by.scope, hall_id=by.hall_id)
    return {
        "fresh": fresh,
        "lines": [
            {"line": line, "counter": numbers.get(line.counter_id or 0, ""), **_state(line, request)} for line in found
        ],
        "counters": [_NO_COUNTER, *[(seat.id, seat.name) for seat in seats if seat.online_clerk is None]],
        **_form(request, chosen="" if fresh else request.GET.get("staff_no", "")),
    }  # fmt: skip


def _form(request: Request, *, chosen: str) -> dict[str, Any]:
    """On whose behalf, and what that person's token may do at most."""
    by = request.actor
    people = [one for one in organisation.people(scope=by.scope, hall_id=by.hall_id) if one.user_id]
    whose = next((one for one in people if one.staff_no == chosen), None)
    possible = scopes_possible(staff_no=whose.staff_no, hall_id=by.hall_id) if whose else ()
    return {
        "people": [_NOBODY, *[(one.staff_no, f"{one.name} {one.staff_no}") for one in people]],
        "whose": whose,
        "scopes": [(code, PERMISSIONS[code]) for code in possible],
        "days": min(_COMMON_DAYS, policy_book(hall_id=by.hall_id, at=request.at)[TOKEN_DAYS]),
    }


def _state(line: Any, request: Request) -> dict[str, Any]:
    """How it is coloured, and in a word."""
    if line.revoked_at is not None:
        return {"kind": "plain", "state": Text("已撤销", "revoked"), "alive": False}
    if not line.alive(request.at):
        return {"kind": "bad", "state": Text("已过期", "expired"), "alive": False}
    if line.expires_at - request.at < _SOON:
        return {"kind": "warn", "state": Text("快到期", "expires soon"), "alive": True}
    return {"kind": "good", "state": Text("有效", "valid"), "alive": True}
