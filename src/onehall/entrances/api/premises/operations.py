"""Premises."""

from typing import Any

from ninja import Query

from onehall.contexts.customers import api as customers
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Shown
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request

noun = Noun(Text("地址", "Premises"))


class Place(Shown):
    """A node of the tree compound → building → unit → dwelling."""

    id: int
    kind: customers.PremisesKind
    parent_id: int | None
    compound: str
    building: str
    unit: str
    room: str
    label: str
    label_en: str


class Places(Shown):
    """What the words may mean."""

    items: list[Place]


@noun.operation(
    "GET", "/premises", permission="customer.search", words=Text("按地址查找", "Find by address"), shows=Places
)  # fmt: skip
def find(request: Request, address: str = Query(..., min_length=1, max_length=100)) -> Any:
    return {"items": customers.locate(address, scope=request.actor.scope)}


@noun.operation(
    "GET", "/premises/{int:premises_id}", permission="customer.search", words=Text("一个地址", "One address"), shows=Place
)  # fmt: skip
def show(request: Request, premises_id: int) -> Any:
    return customers.premises(premises_id, scope=request.actor.scope)
