"""What all tests share. Fixtures live in conftest_*.py by subject; the people and customers in cast.py."""

import os

import pytest

os.environ.setdefault("ONEHALL_KEYS", "deterministic")

pytest_plugins = [
    "tests.conftest_database",
    "tests.conftest_groups",
    "tests.conftest_cast",
    "tests.conftest_parts",
    "tests.conftest_server",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: its driver keeps an event loop of its own in the main thread once it is started,
    beside which other tests could start none."""
    items.sort(key=lambda item: "browser" in item.path.parts)
