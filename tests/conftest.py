"""What all tests share. Fixtures live in conftest_*.py by subject; the people and customers in cast.py."""

pytest_plugins = ["tests.conftest_database", "tests.conftest_parts"]
