"""What rates millions of calls takes a second and a hundred megabytes to load: only `onehall rate` pays for it."""

import ast
from collections.abc import Iterator

from tests.house.source import Finding, Source, found_in, in_package, refuse, walk

HEAVY = {"duckdb", "ibis", "numba", "numpy", "pandas", "pyarrow", "pyspark"}
RUN = "onehall.runs.rate_files"


def loads_heavy_things(source: Source) -> Iterator[Finding]:
    """Imports of the libraries, or of the run that uses them, outside that run."""
    if source.parts[:2] == ("runs", "rate_files"):
        return
    for node in walk(source.tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.split(".")[0] in HEAVY or name == RUN or name.startswith(RUN + "."):
                mend = "load it where it runs (importlib), as commands/rate.py does"
                yield Finding(source.path, node.lineno, f"{name} would be loaded by every process", mend)


def test_no_other_process_loads_what_rating_needs() -> None:
    refuse(found_in(in_package(), loads_heavy_things))


def test_a_heavy_import_is_seen() -> None:
    for text in ("import duckdb", "from onehall.runs import rate_files", "from pyarrow import csv"):
        assert found_in([Source("src/onehall/runs/x.py", text)], loads_heavy_things), text
        assert not found_in([Source("src/onehall/runs/rate_files/x.py", text)], loads_heavy_things)
