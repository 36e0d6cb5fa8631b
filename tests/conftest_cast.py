"""A hall of the dawei profile for stories: `cast` is rolled back after each test, `real_cast` has real commits and threads."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.conftest_database import Line, PointedTo, TestServer


@pytest.fixture(scope="session")
def shared_hall(test_server: TestServer, hall_template: str) -> Iterator[str]:
    """One database with the profile for all rolled-back stories of a worker."""
    name = test_server.clone(hall_template)
    yield name
    test_server.forget(name)


@pytest.fixture(scope="session")
def hall_line(shared_hall: str) -> Iterator[Line]:
    """One connection to it for all of them: a new one knows no table and has compiled no function, which costs a story
    more than what it does."""
    line = Line(shared_hall)
    yield line
    line.close()


@pytest.fixture
def cast(hall_line: Line, django_db_blocker: object) -> Iterator[Cast]:
    """Everyone at work; whatever happens is rolled back. Deferred promises are called in at the end."""
    with hall_line.opened(django_db_blocker):
        whole = transaction.Atomic(using=None, savepoint=True, durable=False)
        whole._from_testcase = True  # type: ignore[attr-defined]
        with whole:
            yield Cast()
            transaction.get_connection().check_constraints()
            transaction.set_rollback(True)


@pytest.fixture
def real_cast(test_server: TestServer, hall_template: str, django_db_blocker: object) -> Iterator[Cast]:
    """Everyone at work in a database of the test's own."""
    name = test_server.clone(hall_template)
    with PointedTo(name, django_db_blocker):
        yield Cast()
    test_server.forget(name)
