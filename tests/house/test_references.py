"""References between tables: inside a room plain foreign keys, across rooms RoomRef, and never in a circle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import pytest
from django.apps import apps
from django.db import models

from onehall.foundation.database import RoomRef
from tests.house.source import Finding, refuse


@dataclass(frozen=True)
class Reference:
    """One foreign key as the registry knows it."""

    room: str
    table: str
    field: str
    to: str
    room_ref: bool
    protects: bool
    hidden: bool

    @property
    def place(self) -> str:
        return f"{self.room}.{self.table}.{self.field}"


def references() -> Iterator[Reference]:
    """Every foreign key of our own tables."""
    for model in apps.get_models():
        if not model.__module__.startswith("onehall."):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                yield Reference(
                    room=model._meta.app_label,
                    table=model.__name__,
                    field=field.name,
                    to=field.related_model._meta.app_label,
                    room_ref=isinstance(field, RoomRef),
                    protects=field.remote_field.on_delete is models.PROTECT,
                    hidden=field.remote_field.related_name == "+",
                )


def crooked(found: Iterable[Reference]) -> Iterator[Finding]:
    """Foreign keys across rooms that are no RoomRef, and foreign keys that would cascade."""
    for reference in found:
        if reference.to != reference.room and not reference.room_ref:
            yield Finding(
                reference.place, 1, f"a plain foreign key into {reference.to}", f'RoomRef("{reference.to}.…")'
            )
        if not reference.protects:
            yield Finding(
                reference.place, 1, "rows would vanish with what they refer to", "on_delete=models.PROTECT"
            )
        if reference.to != reference.room and not reference.hidden:
            yield Finding(reference.place, 1, "the neighbour could read back", 'related_name="+"')


def circle(found: Iterable[Reference]) -> list[str]:
    """The rooms of a circle of references, or nothing."""
    graph: dict[str, set[str]] = {}
    for reference in found:
        if reference.to != reference.room:
            graph.setdefault(reference.room, set()).add(reference.to)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_references_across_rooms_are_room_refs_that_protect() -> None:
    refuse(crooked(references()))


def test_references_between_rooms_never_go_in_a_circle() -> None:
    rooms = circle(references())
    assert not rooms, f"references go in a circle: {' → '.join(rooms)}. Mend: keep the id on one side only"


def _reference(room: str, to: str, **changes: bool) -> Reference:
    facts = {"room_ref": True, "protects": True, "hidden": True} | changes
    return Reference(room=room, table="Row", field="other", to=to, **facts)


@pytest.mark.parametrize("changes", [{"room_ref": False}, {"protects": False}, {"hidden": False}])
def test_a_crooked_reference_is_seen(changes: dict[str, bool]) -> None:
    assert list(crooked([_reference("orders", "customers", **changes)]))
    assert list(crooked([_reference("orders", "customers")])) == []


def test_a_circle_of_references_is_seen() -> None:
    assert circle([_reference("a", "b"), _reference("b", "c"), _reference("c", "a")])
    assert (
        circle([_reference("a", "b"), _reference("b", "c"), _reference("a", "c"), _reference("a", "a")]) == []
    )
