"""A number with a reason is policy data (habit 9): rules, services and journeys hold structural numbers only."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import Finding, Source, found_in, in_package, refuse, walk

STRUCTURAL = {-1, 0, 1, 2, 10, 100, 1000, 10_000}
EXCUSED = re.compile(r"#\s*structural: \S+")
MEND = "declare a policy key (policies.py) and take its value as an argument, or `# structural: why it can never change`"


def _looked_at(source: Source) -> bool:
    return source.shelf in {"rules", "services"} or source.storey in {"journeys", "steps", "runs"}


def _cuts(tree: ast.Module) -> set[int]:
    """Ids of nodes inside indexes and slices: `text[:4]` cuts, it decides nothing."""
    return {id(inner) for node in walk(tree) if isinstance(node, ast.Subscript) for inner in walk(node.slice)}


def _excused(source: Source, node: ast.Constant) -> bool:
    """The reason stands on the number's line or the line above, or so at the function or table that holds it."""
    holders = [
        holder.lineno
        for holder in walk(source.tree)
        if isinstance(holder, ast.Assign | ast.AnnAssign | ast.FunctionDef)
        and holder.lineno <= node.lineno <= (holder.end_lineno or 0)
    ]
    lines = {line - above for line in (node.lineno, *holders) for above in (0, 1)}
    return any(EXCUSED.search(source.lines[line - 1]) for line in lines if line > 0)


def _statuses(tree: ast.Module) -> set[int]:
    """Ids of `status = 404` in a refusal: the web's own numbers."""
    return {
        id(node.value)
        for holder in walk(tree)
        if isinstance(holder, ast.ClassDef)
        for node in holder.body
        if isinstance(node, ast.Assign)
        and [getattr(target, "id", "") for target in node.targets] == ["status"]
    }


def numbers_with_a_reason(source: Source) -> Iterator[Finding]:
    """Numbers that are neither structural nor excused, wherever decisions are made."""
    if not _looked_at(source):
        return
    plain = _cuts(source.tree) | _statuses(source.tree)
    for node in walk(source.tree):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool) or id(node) in plain:
            continue
        if (
            isinstance(node.value, int | float)
            and node.value not in STRUCTURAL
            and not _excused(source, node)
        ):
            yield Finding(source.path, node.lineno, f"{node.value} stands in the code", MEND)


def money_in_words(source: Source) -> Iterator[Finding]:
    """`Money.yuan("30.00")` and `timedelta(days=7)` anywhere below the entrances: an amount or a limit in code."""
    if source.storey not in {"contexts", "journeys", "steps", "runs"} or "migrations" in source.parts:
        return
    for node in walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        fixed = [a for a in (*node.args, *(k.value for k in node.keywords)) if isinstance(a, ast.Constant)]
        if fixed and name in {"Money", "Money.yuan"} and fixed[0].value != 0:
            yield Finding(source.path, node.lineno, f"{ast.unparse(node)} is an amount in code", MEND)
        excused = EXCUSED.search(source.lines[node.lineno - 1])
        if fixed and name.endswith("timedelta") and not excused and any(a.value not in (0, 1) for a in fixed):
            yield Finding(source.path, node.lineno, f"{ast.unparse(node)} is a time limit in code", MEND)


def test_no_number_with_a_reason_stands_in_code() -> None:
    refuse(found_in(in_package(), numbers_with_a_reason, money_in_words))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contexts/orders/rules.py", "start = accepted + 7 * day"),
        ("journeys/sell.py", "if points > 5: pass"),
        ("steps/price.py", "fee = rate * 0.03"),
        ("contexts/orders/models.py", 'fee = Money.yuan("30.00")'),
        ("journeys/sell.py", "due = at + timedelta(hours=12)"),
    ],
)
def test_a_number_with_a_reason_is_seen(path: str, text: str) -> None:
    assert found_in([Source(f"src/onehall/{path}", text)], numbers_with_a_reason, money_in_words)


@pytest.mark.parametrize(
    "text",
    [
        "last4 = number[-4:]",
        "total = fen // 100",
        "WEIGHTS = (7, 9, 10)  # structural: GB 11643",
        "# structural: GB 11643\nWEIGHTS = (\n    7,\n    9,\n)",
        "due = at + timedelta(days=days)",
        "zero = Money(0)",
        "flag = True",
        "class No(Refusal):\n    status = 404",
        "def check(number):  # structural: GB 11643\n    return len(number) == 18",
    ],
)
def test_a_structural_number_is_left_alone(text: str) -> None:
    assert (
        found_in(
            [Source("src/onehall/contexts/orders/rules.py", text)], numbers_with_a_reason, money_in_words
        )
        == []
    )
