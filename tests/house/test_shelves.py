"""Rooms and shelves: the lists are closed, the charter and the door hold no logic, contracts are frozen."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Finding, Source, dotted, found_in, in_package, refuse, walk

ROOMS = {
    "organisation", "customers", "catalogue", "numbers", "orders", "subscriptions", "provisioning", "fieldwork",
    "ledger", "rating", "voice", "care", "floor", "custody", "banking", "acquiring", "balances", "clearing", "goods", "invoicing",
    "workforce", "registers", "continuity",
}  # fmt: skip
SHELVES = {"contracts", "policies", "rules", "ports", "models", "queries", "services", "api"}
BESIDE = {"__init__", "apps", "migrations"}
MAY_BECOME_A_FOLDER = {"rules", "models", "services", "queries"}


def closed_lists(source: Source) -> Iterator[Finding]:
    """Rooms and shelves outside the lists of the architecture."""
    if not source.room:
        return
    if source.room not in ROOMS:
        yield Finding(
            source.path, 1, f"{source.room} is no room of the house", "write a decision record, then add it"
        )
    elif source.shelf not in SHELVES | BESIDE:
        shelves = ", ".join(sorted(SHELVES))
        yield Finding(source.path, 1, f"{source.shelf} is no shelf", f"put it on one of: {shelves}")
    elif len(source.parts) > 3 and source.shelf in SHELVES - MAY_BECOME_A_FOLDER:
        yield Finding(source.path, 1, f"{source.shelf} may not become a folder", "keep it one file")


def charter(source: Source) -> Iterator[Finding]:
    """A room's `__init__.py` says what it owns, promises and refuses, and nothing else."""
    if not source.room or source.shelf != "__init__":
        return
    if len(ast.get_docstring(source.tree) or "") < 60:
        yield Finding(
            source.path, 1, "the charter is missing", "say what the room owns, promises and refuses"
        )
    for node in source.tree.body[1:]:
        yield Finding(source.path, node.lineno, "the charter holds code", "move it to its shelf")


def door(source: Source) -> Iterator[Finding]:
    """`api.py` re-exports and names what it re-exports."""
    if source.shelf != "api":
        return
    for node in source.tree.body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_names = (
            isinstance(node, ast.Assign | ast.AugAssign) and "__all__" in ast.unparse(node).split(" ", 1)[0]
        )
        is_export = isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute)
        if not (is_docstring or is_names or is_export or isinstance(node, ast.ImportFrom)):
            yield Finding(
                source.path, node.lineno, "the door holds logic", "move it to services, queries or rules"
            )
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield Finding(
                source.path, node.lineno, "the door exports everything", "name each thing it exports"
            )
    if "__all__" not in source.text:
        yield Finding(source.path, 1, "the door does not say what it exports", "add __all__")


def contracts_are_frozen(source: Source) -> Iterator[Finding]:
    """What crosses the door cannot be changed on the other side."""
    if source.shelf != "contracts":
        return
    for node in walk(source.tree):
        if isinstance(node, ast.ClassDef):
            for mark in node.decorator_list:
                frozen = isinstance(mark, ast.Call) and any(
                    key.arg == "frozen" and isinstance(key.value, ast.Constant) and key.value.value is True
                    for key in mark.keywords
                )
                if (
                    dotted(mark.func if isinstance(mark, ast.Call) else mark).endswith("dataclass")
                    and not frozen
                ):
                    yield Finding(source.path, node.lineno, f"{node.name} can be changed", "add frozen=True")


def no_surprises(source: Source) -> Iterator[Finding]:
    """No `save()` overrides, no signals, no `get_model`: what happens is written where it happens."""
    if source.storey == "" or "migrations" in source.parts:
        return
    for node in walk(source.tree):
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name in {"save", "delete"}:
                    what = f"{node.name}.{inner.name}() is overridden"
                    yield Finding(source.path, inner.lineno, what, "do it in the service verb")
        if isinstance(node, ast.ImportFrom) and "signals" in (node.module or "").split("."):
            yield Finding(source.path, node.lineno, "a signal hides who does what", "call it in the journey")
        if isinstance(node, ast.Call) and dotted(node.func).endswith("get_model"):
            mend = "a journey asks the neighbour's api"
            yield Finding(source.path, node.lineno, "get_model opens a door between rooms", mend)


CHECKERS = (closed_lists, charter, door, contracts_are_frozen, no_surprises)


def test_rooms_and_shelves_are_those_of_the_architecture() -> None:
    refuse(found_in(in_package(), *CHECKERS))


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("contexts/ledger/helpers.py", "", "no shelf"),
        ("contexts/gossip/rules.py", "", "no room"),
        ("contexts/ledger/contracts/deep.py", "", "may not become a folder"),
        ("contexts/ledger/__init__.py", '"""Ledger."""', "charter is missing"),
        ("contexts/ledger/__init__.py", f'"""{"Owns postings. " * 6}"""\nimport os', "charter holds code"),
        ("contexts/ledger/api.py", "__all__ = []\ndef total(): ...", "door holds logic"),
        ("contexts/ledger/api.py", "__all__ = []\ntotal = sum(services.rows)", "door holds logic"),
        (
            "contexts/ledger/api.py",
            "from onehall.contexts.ledger.services import *\n__all__ = []",
            "exports everything",
        ),
        ("contexts/ledger/contracts.py", "@dataclass(slots=True)\nclass Paid: ...", "can be changed"),
        ("contexts/ledger/models.py", "class A(Model):\n    def save(self): ...", "overridden"),
        ("foundation/x.py", "from django.db.models.signals import post_save", "signal"),
        ("journeys/x.py", "apps.get_model('ledger', 'Payment')", "get_model"),
    ],
)
def test_a_misplaced_thing_is_seen(path: str, text: str, words: str) -> None:
    findings = found_in([Source(f"src/onehall/{path}", text)], *CHECKERS)
    assert any(words in str(finding) for finding in findings), findings


def test_a_tidy_room_is_left_alone() -> None:
    tidy = "@dataclass(frozen=True, slots=True)\nclass Paid:\n    fen: int"
    assert found_in([Source("src/onehall/contexts/ledger/contracts.py", tidy)], *CHECKERS) == []
