"""Who asks: a token in the header, looked up at every request; cookies count for nothing here (SEC-08, SEC-10)."""

from datetime import timedelta
from typing import Any, cast

from django.http import HttpRequest
from ninja.security.base import AuthBase

from onehall.foundation.identity.contracts import TokenRejected
from onehall.foundation.identity.queries import token_presence
from onehall.foundation.identity.tokens import touch_token
from onehall.foundation.scopes import NotFound, NotPermitted
from onehall.foundation.web.requests import PublicRequest

LARGEST_ID = 2**63 - 1  # structural: what a bigint column holds; a larger number names no record

_LONGEST_HEADER = 200
_TOUCH = timedelta(minutes=1)


class AccessToken(AuthBase):
    """Lets in whose token holds `permission` now: the token's scopes and what its person may do at this moment."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def __call__(self, request: HttpRequest) -> Any:
        """Sets `request.actor`. Raises TokenRejected, NotPermitted, and NotFound for a number that no record can have."""
        visitor = cast(PublicRequest, request)
        kind, _, token = request.headers.get("Authorization", "")[:_LONGEST_HEADER].partition(" ")
        found = token_presence(token=token.strip(), at=visitor.at) if kind.lower() == "bearer" else None
        if found is None:
            raise TokenRejected()
        visitor.actor = found.actor
        if found.seen_at is None or visitor.at - found.seen_at > _TOUCH:
            touch_token(token_id=found.actor.token_id or 0, at=visitor.at)
        if not found.actor.may(self.permission):
            raise NotPermitted(permission=self.permission)
        match = request.resolver_match
        if match and any(isinstance(one, int) and one > LARGEST_ID for one in match.kwargs.values()):
            raise NotFound()
        return found.actor
