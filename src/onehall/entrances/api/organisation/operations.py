"""Halls, counters and people of one's own halls."""

from typing import Any

from ninja import Query

from onehall.contexts.organisation import api as organisation
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Bilingual, Shown
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request

noun = Noun(Text("组织", "Organisation"))
_VIEW: dict[str, Any] = {"permission": "directory.view"}


class Hall(Shown):
    """A service hall."""

    id: int
    code: str
    name: Bilingual
    phone: str
    address: Bilingual
    hours: str
    compounds: list[str]


class Halls(Shown):
    """In the order they were set up; follow `next` for more."""

    items: list[Hall]
    next: str | None


class Counter(Shown):
    """A counter and what it can finish; `*` is everything."""

    id: int
    hall_id: int
    no: str
    name: Bilingual
    capabilities: list[str]


class Counters(Shown):
    """By number; follow `next` for more."""

    items: list[Counter]
    next: str | None


class Person(Shown):
    """Somebody at work in the hall; `user_id` is what dispatching and assigning take."""

    staff_no: str
    name: str
    user_id: int | None
    roles: list[str]


class People(Shown):
    """By staff number; follow `next` for more."""

    items: list[Person]
    next: str | None


@noun.operation("GET", "/halls", words=Text("营业厅", "Halls"), shows=Halls, **_VIEW)
def halls(request: Request, stretch: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    return stretch_of(request, organisation.halls(scope=request.actor.scope), stretch, lambda one: one.code)


@noun.operation(
    "GET", "/counters", words=Text("本厅的台席", "The counters of the hall"), shows=Counters, **_VIEW
)
def counters(request: Request, stretch: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    found = organisation.counters(request.actor.hall_id, scope=request.actor.scope)
    return stretch_of(request, found, stretch, lambda one: one.no)


@noun.operation("GET", "/people", words=Text("本厅的人员", "People of the hall"), shows=People, **_VIEW)
def people(request: Request, stretch: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    hall = request.actor.hall_id
    found = organisation.people(scope=request.actor.scope, hall_id=hall)
    shown = [
        {
            "staff_no": one.staff_no,
            "name": one.name,
            "user_id": one.user_id,
            "roles": [post.role for post in one.posts if post.hall_id in (None, hall)],
        }
        for one in found
    ]
    return stretch_of(request, shown, stretch, lambda one: one["staff_no"])
