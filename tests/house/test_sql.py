"""SQL text stands in queries, readings, runs, migrations and the foundation; NOTIFY in the relay alone."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import (
    Finding,
    Source,
    called,
    calls,
    docstring_lines,
    found_in,
    in_package,
    refuse,
    walk,
    words,
)

RUNNERS = {"fetch_all", "fetch_one", "RunSQL"}
METHODS = {"cursor", "execute", "executemany", "raw"}
CALLERS = {"call", "call_all"}
NOTIFY = re.compile(r"\bpg_notify\b|^\s*notify\s+\w+|;\s*notify\s+\w+|perform\s+pg_notify", re.I | re.M)
RELAY = "src/onehall/foundation/outbox/relay"


def _may_hold_sql(source: Source) -> bool:
    return (
        source.storey in {"foundation", "readings", "runs"}
        or "migrations" in source.parts
        or source.shelf == "queries"
    )


def sql_text(source: Source) -> Iterator[Finding]:
    """Statements run outside the places that may hold SQL; SQL functions called outside services."""
    if not source.storey or _may_hold_sql(source):
        return
    for call in calls(source.tree):
        name = called(call).rsplit(".", 1)[-1]
        if name in RUNNERS or (isinstance(call.func, ast.Attribute) and name in METHODS):
            mend = "put reads on the queries shelf or into readings; write through a SQL function of the room"
            yield Finding(source.path, call.lineno, f"{name}() runs SQL here", mend)
        elif name in CALLERS and isinstance(call.func, ast.Name) and source.shelf != "services":
            yield Finding(source.path, call.lineno, "a SQL function is called here", "call the room's verb")


def notifies(source: Source) -> Iterator[Finding]:
    """A notification inside a transaction makes every commit wait for the others (decision 0008)."""
    if not source.storey or source.path.startswith(RELAY):
        return
    documented = docstring_lines(source.tree)
    for node in walk(source.tree):
        line = getattr(node, "lineno", 0)
        if line not in documented and NOTIFY.search(words(node)):
            yield Finding(source.path, line, "NOTIFY outside the relay", "publish an outbox row instead")


def test_sql_is_where_it_is_looked_for() -> None:
    refuse(found_in(in_package(), sql_text))


def test_only_the_relay_notifies() -> None:
    refuse(found_in(in_package(), notifies))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("journeys/a.py", "fetch_all('select 1')"),
        ("contexts/orders/services.py", "fetch_one('select 1')"),
        ("contexts/orders/services.py", "cursor.execute('delete from basket')"),
        ("contexts/orders/models.py", "Basket.objects.raw('select 1')"),
        ("entrances/desk/views.py", "connection.cursor()"),
        ("journeys/a.py", "call('settle_basket', basket=1)"),
        ("contexts/orders/queries_extra.py", "fetch_all('select 1')"),
    ],
)
def test_sql_in_the_wrong_place_is_seen(path: str, text: str) -> None:
    assert found_in([Source(f"src/onehall/{path}", text)], sql_text)


def test_a_service_may_call_its_own_function() -> None:
    text = "row = call('settle_basket', basket=1)"
    assert found_in([Source("src/onehall/contexts/orders/services.py", text)], sql_text) == []


@pytest.mark.parametrize(
    "text", ["S = 'notify hall_1'", "S = 'select pg_notify(%s, %s)'", "S = 'update a; notify b'"]
)
def test_a_notification_is_seen(text: str) -> None:
    source = Source("src/onehall/contexts/orders/migrations/0002_functions.py", text)
    assert found_in([source], notifies)
    assert found_in([Source(f"{RELAY}.py", text)], notifies) == []
