"""Offerings on sale now."""

from typing import Any

from ninja import Query

from onehall.contexts.catalogue import api as catalogue
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Amount, Bilingual, Shown
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request

noun = Noun(Text("业务目录", "Offerings"))


class Offering(Shown):
    """An offering as it stands now; speeds in kbit/s, `term_months` 0 is no term, `price` null where a policy sets it."""

    code: str
    kind: catalogue.OfferingKind
    name: Bilingual
    term_months: int
    down_kbps: int
    up_kbps: int
    price: Amount | None
    price_version: int
    businesses: list[str]
    compounds: list[str]


class Offerings(Shown):
    """A stretch of the list; follow `next` for more."""

    items: list[Offering]
    next: str | None


@noun.operation(
    "GET", "/offerings", permission="desk.use", words=Text("在售业务", "What is on sale"), shows=Offerings
)  # fmt: skip
def on_sale(request: Request, stretch: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    found = catalogue.offerings(at=request.at, scope=request.actor.scope)
    return stretch_of(request, list(found), stretch, lambda one: one.code)
