"""One transaction: opened in the journey, required by the room."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import (
    Finding,
    Source,
    called,
    calls,
    found_in,
    in_package,
    public_functions,
    refuse,
    walk,
)

UNSCOPED = re.compile(r"# unscoped: \S+")
WHOLE_SHELF = re.compile(r"^# unscoped: \S+", re.M)
OPENERS = {"transaction", "atomic"}
ALLOWED = {
    "foundation/database/transactions.py": "defines the transaction",
    "foundation/outbox/relay.py": "takes rows after commit, in a transaction of its own",
}


def _opens(call: ast.Call) -> bool:
    return called(call).rsplit(".", 1)[-1] in OPENERS


def opens_a_transaction(source: Source) -> Iterator[Finding]:
    """Transactions opened outside journeys and runs."""
    if not source.storey or source.storey in {"journeys", "runs"} or "migrations" in source.parts:
        return
    for call in calls(source.tree):
        if _opens(call):
            mend = "open it in the journey; a verb is marked @in_transaction"
            yield Finding(source.path, call.lineno, "a transaction is opened here", mend)


def journey(source: Source) -> Iterator[Finding]:
    """A journey's file holds one public procedure with the file's name, and it opens exactly one transaction."""
    if source.storey != "journeys" or source.name == "__init__.py":
        return
    name = source.name.removesuffix(".py")
    public = [node.name for node in public_functions(source.tree)]
    if public != [name]:
        what = f"its public procedures are {public or 'none'}"
        yield Finding(source.path, 1, what, f"one file, one procedure: def {name}(*, …)")
    if not ast.get_docstring(source.tree):
        yield Finding(
            source.path, 1, "the procedure has no story", "say in the module's docstring what happens and why"
        )
    opened = [call.lineno for call in calls(source.tree) if _opens(call)]
    if len(opened) != 1:
        line = opened[1] if opened else 1
        yield Finding(
            source.path, line, f"{len(opened)} transactions are opened", "one procedure, one transaction"
        )
    yield from _told_everything(source, public_functions(source.tree))


def verbs(source: Source) -> Iterator[Finding]:
    """Public functions of services and runs take keywords only; services' stand inside the caller's transaction."""
    if source.shelf == "services":
        yield from _told_everything(source, public_functions(source.tree))
        for node in public_functions(source.tree):
            marks = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
            if "in_transaction" not in marks:
                yield Finding(
                    source.path,
                    node.lineno,
                    f"{node.name} runs without a transaction",
                    "mark @in_transaction",
                )


def _told_everything(source: Source, nodes: list[ast.FunctionDef]) -> Iterator[Finding]:
    for node in nodes:
        if node.args.args or node.args.posonlyargs or node.args.vararg:
            yield Finding(source.path, node.lineno, f"{node.name} takes positional arguments", "begin with *")
        if not ast.get_docstring(node):
            yield Finding(
                source.path, node.lineno, f"{node.name} has no docstring", "say what it does and refuses"
            )


def reads_take_a_scope(source: Source) -> Iterator[Finding]:
    """Public functions of queries and readings take the caller's scope (SEC-10)."""
    if source.shelf != "queries" and source.storey != "readings":
        return
    for node in public_functions(source.tree):
        arguments = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
        if "scope" not in arguments:
            mend = "take `scope: Scope` and use it, or name the helper with an underscore"
            yield Finding(source.path, node.lineno, f"{node.name} does not take the caller's scope", mend)


def unused_scope(source: Source) -> Iterator[Finding]:
    """A hall-owned answer that ignores its scope is a leak; `# unscoped: reason` says why every hall may see it,
    on the line of the def, or at the margin for a whole shelf."""
    if (source.shelf != "queries" and source.storey != "readings") or WHOLE_SHELF.search(source.text):
        return
    for node in public_functions(source.tree):
        if not any(argument.arg == "scope" for argument in (*node.args.args, *node.args.kwonlyargs)):
            continue
        used = any(isinstance(inner, ast.Name) and inner.id == "scope" for inner in walk(node))
        head = "\n".join(source.lines[node.lineno - 1 : node.body[0].lineno - 1])
        if not used and not UNSCOPED.search(head):
            mend = "filter by it, or say on the line of the def why every hall may see this: `# unscoped: …`"
            yield Finding(source.path, node.lineno, f"{node.name} ignores its scope", mend)


def _allowed(finding: Finding) -> bool:
    return any(finding.path == f"src/onehall/{path}" for path in ALLOWED)


def test_transactions_are_opened_in_journeys_and_runs_only() -> None:
    refuse(finding for finding in found_in(in_package(), opens_a_transaction) if not _allowed(finding))


def test_no_exception_outlives_its_reason() -> None:
    used = {finding.path for finding in found_in(in_package(), opens_a_transaction)}
    stale = {path for path in ALLOWED if f"src/onehall/{path}" not in used}
    assert not stale, f"these open no transaction any more, take them off the list: {sorted(stale)}"


def test_every_journey_is_one_procedure_with_one_transaction() -> None:
    refuse(found_in(in_package("journeys"), journey))


def test_every_verb_of_a_room_is_told_what_it_needs() -> None:
    refuse(found_in(in_package("contexts"), verbs))


def test_every_read_takes_the_callers_scope() -> None:
    refuse(found_in([*in_package("contexts"), *in_package("readings")], reads_take_a_scope))


def test_every_read_uses_its_scope_or_says_why_not() -> None:
    refuse(found_in([*in_package("contexts"), *in_package("readings")], unused_scope))


GOOD = '"""Sells."""\ndef sell(*, by, at):\n    """Sells one."""\n    with transaction():\n        pass\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("def sell", "def buy"), "public procedures"),
        (GOOD + "def more(*, a):\n    '''More.'''", "public procedures"),
        (GOOD.replace("with transaction():", "if by:"), "0 transactions"),
        (GOOD + "    with transaction():\n        pass\n", "2 transactions"),
        (GOOD.replace("*, by", "by"), "positional"),
        (GOOD.replace('"""Sells."""\n', ""), "no story"),
    ],
)
def test_a_crooked_journey_is_seen(text: str, words: str) -> None:
    findings = found_in([Source("src/onehall/journeys/sell.py", text)], journey)
    assert any(words in str(finding) for finding in findings), findings


def test_a_straight_journey_is_left_alone() -> None:
    assert found_in([Source("src/onehall/journeys/sell.py", GOOD)], journey) == []


@pytest.mark.parametrize(
    "path", ["contexts/orders/services.py", "entrances/desk/views.py", "steps/a.py", "foundation/a.py"]
)
@pytest.mark.parametrize("text", ["with transaction():\n    pass", "with transaction.atomic():\n    pass"])
def test_a_transaction_in_the_wrong_place_is_seen(path: str, text: str) -> None:
    assert found_in([Source(f"src/onehall/{path}", text)], opens_a_transaction)


def test_a_careless_verb_is_seen() -> None:
    text = "def settle(basket, *, by):\n    pass"
    said = " ".join(map(str, found_in([Source("src/onehall/contexts/orders/services.py", text)], verbs)))
    assert "positional" in said and "without a transaction" in said and "no docstring" in said


def test_a_read_without_scope_or_with_an_ignored_one_is_seen() -> None:
    def query(text: str) -> list[Source]:
        return [Source("src/onehall/contexts/orders/queries.py", text)]

    assert found_in(query("def basket(*, basket_id):\n    return 1"), reads_take_a_scope)
    assert found_in(query("def basket(*, basket_id, scope):\n    return 1"), unused_scope)
    assert found_in(query("def basket(*, basket_id, scope):\n    scope.require(1)"), unused_scope) == []
    assert (
        found_in(query("def offers(*, scope):  # unscoped: one catalogue\n    return 1"), unused_scope) == []
    )
    assert found_in(query("def _row(basket_id):\n    return 1"), reads_take_a_scope) == []
