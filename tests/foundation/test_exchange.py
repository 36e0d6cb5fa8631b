"""What is kept of the driver below its cursors: adapters, types, errors, transactions, wrappers, prepared statements."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError, connection
from django.db import transaction as django_transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onehall.foundation.database.exchange import Statement, Unanswered, exchange

ONE = UUID("5a6f2f7e-6a1c-4d3e-9f0b-0c7f7f9d1e11")
NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
VALUES = {
    "i": 2**40, "t": "王建国 㛃𠮷 %s", "b": b"\x00\xff", "d": date(2026, 2, 28), "at": NOON, "u": ONE, "n": None, "yes": True,
    "dec": Decimal("1.50"), "list": [1, 2, None],
}  # fmt: skip
TYPED = (
    "select %(i)s::bigint as i, %(t)s::text as t, %(b)s::bytea as b, %(d)s::date as d, %(at)s::timestamptz as at,"
    " %(u)s::uuid as u, %(n)s::int as n, %(yes)s::bool as yes, %(dec)s::numeric as dec, %(list)s::bigint[] as list"
)


@pytest.fixture
def rings(real_db: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "create table rings (ring int primary key, pair int references rings deferrable initially deferred)"
        )


def count() -> int:
    return int(exchange([("select count(*) as n from rings", None)])[0][0]["n"])


def test_every_type_comes_back_as_the_driver_has_it(rings: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TYPED, VALUES)
        usual = dict(
            zip([column.name for column in cursor.description or ()], cursor.fetchone() or (), strict=True)
        )
    for _ in range(2):
        [[row]] = exchange([(TYPED, VALUES)])
        assert row == usual
    assert row["at"].tzinfo is not None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    st.integers(-(2**62), 2**62),
)
def test_what_is_bound_comes_back(real_db: str, text: str, number: int) -> None:
    [[row], [other]] = exchange(
        [
            ("select %(a)s::text as a, %(b)s::bigint as b", {"a": text, "b": number}),
            ("select '%%' || %s::text as a", [text]),
        ]
    )
    assert row == {"a": text, "b": number}
    assert other == {"a": "%" + text}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    texts=st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), max_size=5),
    numbers=st.lists(st.integers(-(2**63), 2**63 - 1), max_size=5),
    gaps=st.lists(st.none() | st.sampled_from(["null", "NULL", "", '"', "\\", "{a,b}"]), max_size=5),
    at=st.datetimes(timezones=st.just(UTC)),
)
def test_lists_and_instants_come_back_as_they_were_bound(
    real_db: str, texts: list[str], numbers: list[int], gaps: list[str | None], at: datetime
) -> None:
    bound = {"texts": texts, "numbers": numbers, "gaps": gaps, "at": at}
    ((row,),) = exchange([(
        "select %(texts)s::text[] as texts, %(numbers)s::bigint[] as numbers, %(gaps)s::text[] as gaps,"
        " %(at)s::timestamptz as at, 'x' = any(%(texts)s) as held", bound,
    )])  # fmt: skip
    assert row == {**bound, "held": "x" in texts}


def test_json_is_decoded_and_a_percent_sign_without_parameters_stays(real_db: str) -> None:
    [[row]] = exchange(
        [("""select '{"a": [1]}'::jsonb as j, '{"b": null}'::json as k, null::jsonb as n, '5%' as p""", None)]
    )
    assert row == {"j": {"a": [1]}, "k": {"b": None}, "n": None, "p": "5%"}


def test_a_failure_names_its_statement_and_undoes_what_went_before(rings: None) -> None:
    statements: list[Statement] = [
        ("insert into rings values (%(r)s)", {"r": 1}),
        ("insert into rings values (%(r)s)", {"r": 1}),
        ("insert into rings values (%(r)s)", {"r": 2}),
    ]
    with pytest.raises(Unanswered) as told, django_transaction.atomic():
        exchange(statements)
    assert told.value.number == 1
    assert isinstance(told.value.__cause__, IntegrityError)
    assert isinstance(told.value.__cause__.__cause__, psycopg.errors.UniqueViolation)
    assert count() == 0


def test_what_could_not_be_prepared_is_learned_the_next_time(rings: None) -> None:
    broken, later = ("select nonsense from rings", None), ("select 41 + %(one)s::int as n", {"one": 1})
    for _ in range(2):
        with pytest.raises(Unanswered) as told:
            exchange([broken, later])
        assert isinstance(told.value.__cause__, ProgrammingError)
    assert exchange([later]) == [[{"n": 42}]]


def test_statements_stay_prepared_after_a_rollback(rings: None) -> None:
    asked: Statement = ("select 'kept' as word", None)
    exchange([asked])
    with pytest.raises(ZeroDivisionError), django_transaction.atomic():
        exchange([asked])
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        for _ in range(3):
            cursor.execute(
                "select name from pg_prepared_statements where statement = 'select ''kept'' as word'"
            )
            assert len(cursor.fetchall()) == 1
    assert exchange([asked]) == [[{"word": "kept"}]]


def test_the_commit_keeps_deferred_promises(rings: None) -> None:
    with pytest.raises(IntegrityError), django_transaction.atomic():
        exchange([("insert into rings values (5, 99)", None)], commit=True)
    assert count() == 0
    with django_transaction.atomic():
        exchange([("insert into rings values (5, 5)", None)], commit=True)
    assert count() == 1


def test_wrappers_and_the_query_log_see_every_statement(rings: None) -> None:
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch), CaptureQueriesContext(connection) as log:
        exchange([("select 1 as a", None), ("select 2 as a", None)])
    assert seen == ["select 1 as a", "select 2 as a"]
    assert [query["sql"] for query in log.captured_queries] == seen


def test_a_lost_connection_is_an_operational_error_and_the_next_one_works(rings: None) -> None:
    with pytest.raises(OperationalError), django_transaction.atomic():
        exchange([("select pg_terminate_backend(pg_backend_pid())", None)])
    connection.close_if_unusable_or_obsolete()
    assert count() == 0


def test_what_cannot_be_written_sends_nothing_and_leaves_the_connection_as_it_was(rings: None) -> None:
    before = exchange([("select pg_backend_pid() as pid", None)])
    for _ in range(2):
        with pytest.raises(ProgrammingError), django_transaction.atomic():
            exchange([("insert into rings values (1)", None), ("select %(what)s", {"what": object()})])
    exchange([("insert into rings values (1)", None), ("delete from rings", None)])
    assert exchange([("select pg_backend_pid() as pid", None)]) == before
    assert count() == 0
