"""The clock is read where the world comes in; everything below is told the time."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.source import (
    Finding,
    Source,
    docstring_lines,
    dotted,
    found_in,
    in_package,
    refuse,
    walk,
    words,
)

READS = re.compile(
    r"(^|\.)(timezone\.now|datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time)$"
)
EMPTY_CALLS = {"localtime", "localdate", "timezone.localtime", "timezone.localdate"}
SQL_CLOCK = re.compile(
    r"\b(now\(\)|current_timestamp|current_date|clock_timestamp\(\)|statement_timestamp\(\))", re.I
)
ALLOWED = {
    "adapters/radius/device.py": "is a part of an access device, which has a clock of its own",
    "foundation/embedded/clock.py": "tells how far the clocks of two machines are apart",
    "foundation/identity/middleware.py": "reads the request's one moment and hands it on as request.at",
    "foundation/outbox/live.py": "lets streams end when their tickets expire; decides nothing of the business",
}


def reads_the_clock(source: Source) -> Iterator[Finding]:
    """Calls, imports and references that read the clock, in Python and in SQL."""
    if not source.storey or source.storey == "entrances":
        return
    documented = docstring_lines(source.tree)
    mend = "take `at` as a parameter; entrances and jobs read the clock once"
    for node in walk(source.tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Attribute) and READS.search(dotted(node)):
            yield Finding(source.path, line, f"{dotted(node)} reads the clock", mend)
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
            if any(alias.name == "now" for alias in node.names):
                yield Finding(source.path, line, "timezone.now reads the clock", mend)
        elif (
            isinstance(node, ast.Call)
            and dotted(node.func) in EMPTY_CALLS
            and not (node.args or node.keywords)
        ):
            yield Finding(source.path, line, f"{dotted(node.func)}() without a time reads the clock", mend)
        elif line not in documented and SQL_CLOCK.search(words(node)):
            yield Finding(source.path, line, "SQL reads the database's clock", "pass the time as an argument")


def _reason(path: str) -> str | None:
    return next((allowed for allowed in ALLOWED if path.startswith(f"src/onehall/{allowed}")), None)


@cache
def _found() -> list[Finding]:
    return found_in(in_package(), reads_the_clock)


def test_only_entrances_and_jobs_read_the_clock() -> None:
    refuse(finding for finding in _found() if _reason(finding.path) is None)


def test_no_exception_outlives_its_reason() -> None:
    used = {_reason(finding.path) for finding in _found()}
    stale = set(ALLOWED) - used
    assert not stale, f"these read no clock any more, take them off the list: {sorted(stale)}"


@pytest.mark.parametrize(
    "text",
    [
        "from django.utils.timezone import now",
        "x = timezone.now()",
        "class A(Model):\n    at = DateTimeField(default=timezone.now)",
        "x = datetime.now(UTC)",
        "x = datetime.datetime.now()",
        "x = date.today()",
        "x = localtime()",
        "SQL = 'update basket set settled_at = now()'",
    ],
)
def test_a_look_at_the_clock_is_seen(text: str) -> None:
    for path in ("journeys/a.py", "contexts/orders/rules.py", "contexts/orders/migrations/0002_functions.py"):
        assert found_in([Source(f"src/onehall/{path}", text)], reads_the_clock)


@pytest.mark.parametrize(
    "text", ["x = localtime(at)", "def f(at):\n    '''Not now().'''", "from datetime import datetime"]
)
def test_handling_a_time_is_allowed(text: str) -> None:
    assert found_in([Source("src/onehall/journeys/a.py", text)], reads_the_clock) == []
