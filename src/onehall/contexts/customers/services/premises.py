"""Setting up compounds and their premises (ADR-01), a compound at a time."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from onehall.contexts.customers.contracts import PremisesKind, PremisesView
from onehall.contexts.customers.models import Premises
from onehall.contexts.customers.queries import compound as compound_of
from onehall.contexts.customers.rules import addresses
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PremisesId

_BATCH = 2000  # structural: rows a statement
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

    Set-wise: four statements a level however many rooms. Raises PremisesNotFound for an unknown compound,
    BadPremises naming the number at fault.
    """
    root = compound_of(compound, scope=Scope.operator())
    wanted = {
        tuple(
            addresses.check_number(n, field=f) for n, f in zip(row, ("building", "unit", "room"), strict=True)
        )
        for row in dwellings
    }
    parents: dict[tuple[str, ...], int] = {(): root.id}
    added = 0
    for depth, kind in enumerate(_LEVELS, start=1):
        nodes = sorted({numbers[:depth] for numbers in wanted})
        known = _known(compound, nodes)
        missing = [numbers for numbers in nodes if numbers not in known]
        Premises.objects.bulk_create(
            (_node(root, kind, numbers, parents[numbers[:-1]], by, at) for numbers in missing),
            batch_size=_BATCH,
        )
        added += len(missing)
        parents |= _known(compound, nodes)
    return added


def _known(compound: str, nodes: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    by_path = {addresses.path(compound, *numbers): numbers for numbers in nodes}
    found = Premises.objects.filter(path__any_of=list(by_path)).values_list("path", "id")
    return {by_path[path]: node_id for path, node_id in found}


def _node(
    root: PremisesView,
    kind: PremisesKind,
    numbers: tuple[str, ...],
    parent_id: int,
    by: Actor | None,
    at: datetime,
) -> Premises:
    return Premises(
        kind=kind,
        parent_id=parent_id,
        path=addresses.path(root.compound, *numbers),
        full_label=addresses.label(root.label, *numbers),
        full_label_en=addresses.label_en(root.label_en, *numbers),
        established_at=at,
        by_id=by.user_id if by else None,
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
