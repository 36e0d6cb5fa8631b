"""Sizes: hard limits break the build, what exceeds a soft limit is counted and the count only goes down.

`python -m tests.house.test_sizes` prints the present counts as they stand in soft_limits.toml.
"""

import ast
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.source import (
    ROOT,
    Finding,
    Source,
    docstring_lines,
    files,
    found_in,
    functions,
    in_package,
    refuse,
)

FILE, FUNCTION = 300, 50
SHELF_HARD = {"contracts": 200, "policies": 100, "ports": 100, "api": 80, "__init__": 15}
SHELF_SOFT = {
    "contracts": 120, "policies": 60, "rules": 150, "ports": 60, "models": 200, "queries": 150, "services": 200,
    "api": 60,
}  # fmt: skip
SOFT_FUNCTION, SOFT_VIEW, SOFT_JOURNEY, SOFT_ROOM, SOFT_TEMPLATE, SOFT_TEST = 25, 15, 80, 2000, 80, 300
COUNTS = ROOT / "tests/house/soft_limits.toml"


def _generated(source: Source) -> bool:
    """Tables as `makemigrations` wrote them: nothing in such a file was thought out by hand."""
    if "/migrations/" not in source.path:
        return False
    by_hand = any("RunSQL" in line or "RunPython" in line for line in source.lines)
    return source.path.endswith("migrations/0001_initial.py") or not by_hand


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and docstring."""
    return (node.end_lineno or node.lineno) - node.lineno + 1 - len(docstring_lines(node))


def hard_limits(source: Source) -> Iterator[Finding]:
    """Files and functions beyond the hard limits."""
    if _generated(source):
        return
    limit = SHELF_HARD.get(source.shelf, FILE) if len(source.parts) <= 3 else FILE
    if len(source.lines) > limit:
        yield Finding(
            source.path, limit, f"{len(source.lines)} lines, the limit is {limit}", "split it by subject"
        )
    if source.path.endswith(".py"):
        for node in functions(source.tree):
            if length(node) > FUNCTION:
                what = f"{node.name} has {length(node)} lines, the limit is {FUNCTION}"
                yield Finding(source.path, node.lineno, what, "name its parts and move them out")


def _is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg == "request"


def soft_excess(source: Source) -> Iterator[tuple[str, str]]:
    """(kind, what) of everything in one file that exceeds a soft limit."""
    if _generated(source):
        return
    size = len(source.lines)
    if source.path.endswith(".html"):
        if size > SOFT_TEMPLATE:
            yield "template", source.path
        return
    if source.path.startswith("tests/"):
        if size > SOFT_TEST:
            yield "test", source.path
        return
    if source.storey == "journeys" and size > SOFT_JOURNEY:
        yield "journey", source.path
    if source.shelf in SHELF_SOFT and size > SHELF_SOFT[source.shelf]:
        yield "shelf", source.path
    for node in functions(source.tree):
        view = source.storey == "entrances" and _is_view(node)
        if length(node) > (SOFT_VIEW if view else SOFT_FUNCTION):
            yield ("view" if view else "function"), f"{source.path}:{node.lineno} {node.name}"


def big_rooms(sources: list[Source]) -> Iterator[tuple[str, str]]:
    """Rooms beyond the soft limit, generated tables not counted."""
    sizes: Counter[str] = Counter()
    for source in sources:
        if source.room and not _generated(source):
            sizes[source.room] += len(source.lines)
    yield from (("room", f"contexts/{room}: {size}") for room, size in sizes.items() if size > SOFT_ROOM)


@cache
def excess() -> list[tuple[str, str]]:
    """Everything in the house that exceeds a soft limit."""
    sources = [*files(), *files("src/onehall", ".html"), *files("tests")]
    return [pair for source in sources for pair in soft_excess(source)] + list(
        big_rooms(in_package("contexts"))
    )


def test_no_file_and_no_function_exceeds_its_hard_limit() -> None:
    refuse(found_in([*files(), *files("src/onehall", ".html", ".js", ".css")], hard_limits))


@pytest.mark.parametrize("kind", ["function", "view", "journey", "shelf", "room", "template", "test"])
def test_what_exceeds_a_soft_limit_only_becomes_less(kind: str) -> None:
    allowed = tomllib.loads(COUNTS.read_text(encoding="utf-8"))["exceeding"][kind]
    found = sorted(what for found_kind, what in excess() if found_kind == kind)
    listed = "\n  ".join(found)
    assert len(found) <= allowed, (
        f"{len(found)} exceed the soft limit ({kind}), {allowed} may: shorten one.\n  {listed}"
    )
    assert len(found) == allowed, (
        f"only {len(found)} exceed ({kind}): lower the number in {COUNTS.name} to keep it so"
    )


def _long(lines: int) -> str:
    return "def verb():\n" + "    step()\n" * (lines - 1)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/onehall/journeys/long.py", "x = 1\n" * (FILE + 1)),
        ("src/onehall/journeys/long.py", _long(FUNCTION + 1)),
        ("src/onehall/contexts/ledger/api.py", "x = 1\n" * 81),
    ],
)
def test_a_long_file_or_function_is_seen(path: str, text: str) -> None:
    assert found_in([Source(path, text)], hard_limits)


def test_a_docstring_does_not_make_a_function_long() -> None:
    text = 'def verb():\n    """' + "why\n" * 60 + '    """\n    step()\n'
    assert found_in([Source("src/onehall/journeys/x.py", text)], hard_limits) == []


def test_soft_limits_are_counted_by_kind() -> None:
    view = "def page(request):\n" + "    step()\n" * SOFT_VIEW
    assert [kind for kind, _ in soft_excess(Source("src/onehall/entrances/desk/views.py", view))] == ["view"]
    assert [kind for kind, _ in soft_excess(Source("src/onehall/steps/x.py", _long(26)))] == ["function"]
    assert [kind for kind, _ in soft_excess(Source("src/onehall/a/b.html", "<p>\n" * 81))] == ["template"]
    assert [
        kind for kind, _ in big_rooms([Source("src/onehall/contexts/ledger/rules.py", "x = 1\n" * 2001)])
    ] == ["room"]


if __name__ == "__main__":
    counted = Counter(kind for kind, _ in excess())
    for limited in tomllib.loads(COUNTS.read_text(encoding="utf-8"))["exceeding"]:
        sys.stdout.write(f"{limited} = {counted[limited]}\n")
