"""What all tests share. Fixtures live in conftest_*.py by subject; the people and customers in cast.py."""

import os

os.environ.setdefault("ONEHALL_KEYS", "deterministic")

pytest_plugins = ["tests.conftest_database", "tests.conftest_cast", "tests.conftest_parts", "tests.conftest_server"]
