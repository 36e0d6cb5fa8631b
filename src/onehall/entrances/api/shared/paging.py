"""Lists that go on: a signed cursor says where, a policy how much at once (API-01)."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core import signing
from ninja import Query
from pydantic import Field

from onehall.entrances.api.shared.schema import Given
from onehall.foundation.identity.policies import LIST_LIMIT
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.web.requests import Request

T = TypeVar("T")
_SALT = "onehall.api.cursor"
_LONGEST = 400


class BadCursor(Refusal):
    """A cursor that was not given by this list."""

    code = "api.bad_cursor"
    rule = "API-01"
    status = 422
    zh = "翻页标记（cursor）不是这个列表给的。"
    en = "The cursor was not given by this list."
    alternative_zh = "请从第一页开始，沿着 next 往后取。"
    alternative_en = "Start from the first page and follow “next”."


class TooMany(Refusal):
    """More rows than the policy gives at once."""

    code = "api.too_many"
    rule = "API-01"
    status = 422
    zh = "一次最多取 {most} 行。"
    en = "At most {most} rows are given at once."
    alternative_zh = "请减小 limit，用 next 取后面的。"
    alternative_en = "Ask for fewer and follow “next”."


class Stretch(Given):
    """How much of a list is wanted, and from where on."""

    limit: int = Field(50, ge=1, le=1000)
    cursor: str = Field("", max_length=_LONGEST)


def limit_of(request: Request, stretch: Stretch) -> int:
    """As many rows as are asked for; raises TooMany beyond the policy."""
    most = policy_book(hall_id=request.actor.hall_id, at=request.at, version=request.actor.policy_version)[
        LIST_LIMIT
    ]
    if stretch.limit > most:
        raise TooMany(field="limit", most=most)
    return stretch.limit


def place_of(request: Request, stretch: Stretch) -> Any:
    """Where the list goes on; None at its beginning. Raises BadCursor."""
    if not stretch.cursor:
        return None
    try:
        path, place = signing.loads(stretch.cursor, salt=_SALT)
    except (signing.BadSignature, ValueError):
        raise BadCursor(field="cursor") from None
    if path != request.path:
        raise BadCursor(field="cursor")
    return place


def page_of(request: Request, items: Sequence[T], place: Any) -> dict[str, Any]:
    """The answer of a list; `place` fetches what comes after, None at the end."""
    if place is None:
        return {"items": items, "next": None}
    asked = {name: value for name, value in request.GET.items() if name != "cursor"}
    cursor = signing.dumps([request.path, place], salt=_SALT, compress=True)
    return {"items": items, "next": f"{request.path}?{urlencode({**asked, 'cursor': cursor})}"}


def stretch_of(
    request: Request, items: Sequence[T], stretch: Stretch, key: Callable[[T], Any]
) -> dict[str, Any]:
    """A stretch of a short list that is read whole; `key` tells its rows apart."""
    limit, place = limit_of(request, stretch), place_of(request, stretch)
    start = next((n + 1 for n, item in enumerate(items) if key(item) == place), 0) if place is not None else 0
    shown = items[start : start + limit]
    more = start + limit < len(items)
    return page_of(request, shown, key(shown[-1]) if more else None)


Asked = Query(...)
