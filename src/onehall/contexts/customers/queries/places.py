"""Reads of premises: compounds, buildings, units and rooms of the operator (ADR-01)."""

from collections.abc import Iterable

from django.db.models import QuerySet

from onehall.contexts.customers.contracts import PremisesKind, PremisesView
from onehall.contexts.customers.models import Premises
from onehall.contexts.customers.queries.seeing import seen
from onehall.contexts.customers.rules import addresses
from onehall.contexts.customers.rules.addresses import AddressGuess, CompoundName
from onehall.contexts.customers.rules.refusals import PremisesNotFound
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PremisesId

CANDIDATES = 20


def premises_by_path(paths: Iterable[str], *, scope: Scope) -> dict[str, PremisesId]:
    """The nodes of these paths (dw/1/2/502) that are there."""
    rows = (
        Premises.objects.filter(path__any_of=frozenset(paths)).values_list("path", "pk")
        if seen(scope)
        else ()
    )
    return {path: PremisesId(node_id) for path, node_id in rows}


def premises(premises_id: int, *, scope: Scope) -> PremisesView:
    """One node of the tree, or PremisesNotFound."""
    return _one(Premises.objects.filter(pk=premises_id), scope)


def dwelling(*, compound: str, building: str, unit: str, room: str, scope: Scope) -> PremisesView:
    """The room at this address (ADR-01), or PremisesNotFound."""
    return _one(Premises.objects.filter(path=addresses.path(compound, building, unit, room)), scope)


def children(premises_id: int, *, scope: Scope) -> list[PremisesView]:
    """What lies directly under a node, numbers in their natural order."""
    nodes = Premises.objects.filter(parent_id=premises_id) if seen(scope) else []
    return sorted(
        (_view(node) for node in nodes), key=lambda v: [(len(n), n) for n in (v.building, v.unit, v.room)]
    )


def compounds(*, scope: Scope) -> list[CompoundName]:
    """Every compound's code and names."""
    rows = (
        Premises.objects.filter(kind=PremisesKind.COMPOUND)
        .order_by("path")
        .values_list("path", "name", "name_en")
    )
    return [CompoundName(*row) for row in rows] if seen(scope) else []


def compound(code: str, *, scope: Scope) -> PremisesView:
    """The compound of this code, or PremisesNotFound."""
    return _one(Premises.objects.filter(path=code, kind=PremisesKind.COMPOUND), scope)


def locate(typed: str, *, scope: Scope, limit: int = CANDIDATES) -> list[PremisesView]:
    """Where an address in words may lie: the node itself, or one in every compound that has these numbers."""
    known = compounds(scope=scope)
    guess = addresses.read_address(typed, known)
    if guess is None:
        return []
    nodes = Premises.objects.filter(path__in=addresses.paths(guess, known)).order_by("path")[:limit]
    return [_view(node) for node in nodes]


def read_address(typed: str, *, scope: Scope) -> AddressGuess | None:
    """What the words say, whether or not such a room exists."""
    return addresses.read_address(typed, compounds(scope=scope))


def _one(nodes: QuerySet[Premises], scope: Scope) -> PremisesView:
    node = nodes.first() if seen(scope) else None
    if node is None:
        raise PremisesNotFound()
    return _view(node)


def _view(node: Premises) -> PremisesView:
    compound, building, unit, room = [*node.path.split(addresses.SEPARATOR), "", "", ""][:4]
    return PremisesView(
        id=PremisesId(node.pk),
        kind=PremisesKind(node.kind),
        parent_id=PremisesId(node.parent_id) if node.parent_id else None,
        compound=compound,
        building=building,
        unit=unit,
        room=room,
        label=node.full_label,
        label_en=node.full_label_en,
    )
