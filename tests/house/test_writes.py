"""Who writes tables: services, runs, migrations and the foundation. Nobody else."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Finding, Source, calls, found_in, in_package, refuse

WRITERS = {
    "create", "acreate", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "aupdate",
    "delete", "adelete",
}  # fmt: skip
TABLE_WORDS = {"objects", "filter", "exclude", "select_for_update", "_base_manager", "_default_manager"}
MEND = "call the room's verb (services.py) from a journey or a run"


def _chain(node: ast.AST) -> set[str]:
    """The names along `A.objects.filter(…).update`, through calls."""
    names: set[str] = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            node = node.func
    return names | ({node.id} if isinstance(node, ast.Name) else set())


def _may_write(source: Source) -> bool:
    return (
        source.storey in {"foundation", "runs"} or "migrations" in source.parts or source.shelf == "services"
    )


def writes(source: Source) -> Iterator[Finding]:
    """ORM writes outside the shelves that may write."""
    if not source.storey or _may_write(source):
        return
    for call in calls(source.tree):
        if not isinstance(call.func, ast.Attribute):
            continue
        verb = call.func.attr
        on_a_table = verb in WRITERS and _chain(call.func.value) & TABLE_WORDS
        on_a_row = verb in {"save", "asave"} or (verb == "delete" and not call.args and not call.keywords)
        if on_a_table or on_a_row:
            yield Finding(source.path, call.lineno, f".{verb}() writes a table here", MEND)


def test_tables_are_written_by_services_runs_migrations_and_foundation_only() -> None:
    refuse(found_in(in_package(), writes))


@pytest.mark.parametrize(
    "text",
    [
        "Basket.objects.create(hall_id=1)",
        "Basket.objects.filter(pk=1).update(state='open')",
        "Basket.objects.bulk_create(rows)",
        "basket.save()",
        "basket.delete()",
        "open_ones.filter(hall_id=1).exclude(pk=2).delete()",
    ],
)
@pytest.mark.parametrize(
    "path", ["journeys/a.py", "contexts/orders/queries.py", "entrances/desk/views.py", "readings/a.py"]
)
def test_a_write_in_the_wrong_place_is_seen(path: str, text: str) -> None:
    assert found_in([Source(f"src/onehall/{path}", text)], writes)


@pytest.mark.parametrize(
    "text", ["facts.update(a=1)", "digest.update(b'x')", "seen.discard(1)", "create(kind='x')"]
)
def test_plain_python_is_not_mistaken_for_a_write(text: str) -> None:
    assert found_in([Source("src/onehall/journeys/a.py", text)], writes) == []


def test_services_may_write() -> None:
    assert found_in([Source("src/onehall/contexts/orders/services.py", "basket.save()")], writes) == []
