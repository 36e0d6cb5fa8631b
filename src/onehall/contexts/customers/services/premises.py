"""Setting up compounds and their premises (ADR-01), a compound at a time."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from onehall.contexts.customers.contracts import PremisesKind, PremisesView
from onehall.contexts.customers.models import Premises
from onehall.contexts.customers.queries import compound as compound_of
from onehall.contexts.customers.rules import addresses
from onehall.foundation.database import copy_in, in_transaction, new_ids
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PremisesId

_BATCH = 2000  # structural: rows a statement
_COLUMNS = (
    "id", "kind", "parent_id", "path", "name", "name_en", "full_label", "full_label_en", "established_at", "by_id",
)  # fmt: skip
_LEVELS = (PremisesKind.BUILDING, PremisesKind.UNIT, PremisesKind.DWELLING)


@in_transaction
def establish_compound(*, code: str, name: str, name_en: str, by: Actor | None, at: datetime) -> PremisesId:
    """The compound of this code; a new name is written through to the labels of everything in it."""
    addresses.check_code(code)
    node, created = Premises.objects.get_or_create(
        path=code,
        defaults={
            "kind": PremisesKind.COMPOUND,
            "name": name,
            "name_en": name_en,
            "full_label": name,
            "full_label_en": name_en,
            "established_at": at,
            "by_id": by.user_id if by else None,
        },
    )
    if not created and (node.name, node.name_en) != (name, name_en):
        _rename(node, name, name_en)
    return PremisesId(node.pk)


@in_transaction
def establish_premises(
    *, compound: str, dwellings: Iterable[tuple[str, str, str]], by: Actor | None, at: datetime
) -> int:
    """Adds the rooms (building, unit, room) that are not there yet with their buildings and units; how many nodes.

    Set-wise: three statements and one COPY however many rooms. Raises PremisesNotFound for an unknown compound,
    BadPremises naming the number at fault.
    """
    root = compound_of(compound, scope=Scope.operator())
    wanted = {
        tuple(
            addresses.check_number(n, field=f) for n, f in zip(row, ("building", "unit", "room"), strict=True)
        )
        for row in dwellings
    }
    nodes = {numbers[:depth] for numbers in wanted for depth in range(1, len(_LEVELS) + 1)}
    ids: dict[tuple[str, ...], int] = {(): root.id, **_known(compound, list(nodes))}
    missing = sorted(nodes - ids.keys(), key=lambda numbers: (len(numbers), numbers))
    if not missing:
        return 0
    ids.update(zip(missing, new_ids(Premises, len(missing)), strict=True))
    stamp = (at, by.user_id if by else None)
    copy_in(Premises, _COLUMNS, ((*_node(root, numbers, ids), *stamp) for numbers in missing))
    return len(missing)


def _known(compound: str, nodes: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    by_path = {addresses.path(compound, *numbers): numbers for numbers in nodes}
    found = Premises.objects.filter(path__any_of=by_path.keys()).values_list("path", "id")
    return {by_path[path]: node_id for path, node_id in found}


def _node(root: PremisesView, numbers: tuple[str, ...], ids: dict[tuple[str, ...], int]) -> tuple[Any, ...]:
    return (
        ids[numbers],
        str(_LEVELS[len(numbers) - 1]),
        ids[numbers[:-1]],
        addresses.path(root.compound, *numbers),
        "",
        "",
        addresses.label(root.label, *numbers),
        addresses.label_en(root.label_en, *numbers),
    )


def _rename(node: Premises, name: str, name_en: str) -> None:
    node.name, node.name_en = name, name_en
    inside = list(Premises.objects.filter(path__startswith=node.path + addresses.SEPARATOR))
    for place in (node, *inside):
        numbers = place.path.split(addresses.SEPARATOR)[1:]
        place.full_label = addresses.label(name, *numbers)
        place.full_label_en = addresses.label_en(name_en, *numbers)
    Premises.objects.bulk_update(
        (node, *inside), ["name", "name_en", "full_label", "full_label_en"], batch_size=_BATCH
    )
