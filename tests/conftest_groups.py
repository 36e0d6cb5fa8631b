"""Tests of a file that names an `xdist_group` run one after another in one worker, and its module's fixtures are made once.

xdist 3.8 writes the group into the test's id, which pytest 9.2 no longer lets it do: all groups silently fell apart. Here the
file says it. Goes when xdist does it again.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_ROOT = Path(__file__).parent.parent
_GROUP = re.compile(r"""xdist_group\(\s*["'](\w+)["']""")


@cache
def group_of(file: str) -> str:
    """The group that a test file names, else ""."""
    path = _ROOT / file
    found = _GROUP.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    return found[1] if found else ""


class ByGroup(LoadScopeScheduling):  # type: ignore[misc]
    """Test by test to whoever is free, a group to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.split("::")[0]) or nodeid


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Asked for by `--dist loadgroup`."""
    return ByGroup(config, log) if config.getvalue("dist") == "loadgroup" else None
