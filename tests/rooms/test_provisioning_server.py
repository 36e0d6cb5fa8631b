"""What the RADIUS server is told of an account, and that its role sees nothing else."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from onehall.contexts.provisioning.api import (
    Grant,
    SecretPolicy,
    admit_server,
    grant_access,
    withdraw_access,
)
from onehall.contexts.provisioning.rules import nt_hash
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import Period
from tests.rooms.onair import ACCOUNT, BRAS, Dial
from tests.rooms.test_provisioning import subscribe
from tests.rooms.till import NOON, till

YEAR, MINUTE = timedelta(days=365), timedelta(minutes=1)
FIXED = SecretPolicy(initial="a123456", length=8, rounds=1000, keep_clear=False)
HOME, ABROAD = "02:00:00:00:00:01", "02:00:00:00:00:99"


@pytest.fixture
def line(db: None) -> SubscriptionId:
    subscription = subscribe(till())
    grant(subscription, NOON, NOON + YEAR, is_new=True)
    return subscription


def grant(
    line: SubscriptionId, start: datetime, end: datetime, *, mbit: int = 10, is_new: bool = False
) -> None:
    one = Grant(ACCOUNT, line, Period(start, end), mbit * 1000, 1000, f"bb-{mbit}m", is_new)
    grant_access(grants=[one], policy=FIXED, at=NOON)


def told(
    at: datetime = NOON, *, account: str = ACCOUNT, caller: str = HOME, method: str = "nt"
) -> dict[str, str]:
    """What FreeRADIUS is told, by attribute."""
    rows = fetch_all(
        "select attribute, value from radius.authorise(%s, %s, %s, %s, 900, 'Asia/Shanghai', %s)",
        [account, BRAS, caller, method, at],
    )
    return {row["attribute"]: row["value"] for row in rows}


@pytest.mark.rule("NET-01")
def test_a_paid_term_is_granted_to_the_second_with_its_speed(line: SubscriptionId) -> None:
    end = int((NOON + YEAR).timestamp())
    assert told(NOON + YEAR - timedelta(seconds=9.3)) == {
        "NT-Password": "0x" + nt_hash("a123456").hex(), "Session-Timeout": "10", "Tmp-Integer-0": "10000",
        "Tmp-Integer-1": "1000", "Tmp-Integer-2": "10000000", "Tmp-Integer-3": "1000000", "Tmp-String-2": "bb-10m",
        "Tmp-String-3": f"{end}:10000:1000",
    }  # fmt: skip
    assert told(account=ACCOUNT.upper())["Session-Timeout"] == str(365 * 24 * 3600)
    assert told(method="pbkdf2")["PBKDF2-Password"].startswith("HMACSHA2+256:")


@pytest.mark.rule("NET-01", "BIL-01")
def test_before_and_after_the_term_the_reason_is_said_beside_the_password(line: SubscriptionId) -> None:
    early, late = told(NOON - timedelta(seconds=1)), told(NOON + YEAR)
    assert (early["Tmp-String-0"], early["Tmp-String-1"]) == (
        "not_begun",
        "尚未到开通时间，自2026-11-21 12:00起可用",
    )
    assert (late["Tmp-String-0"], late["Tmp-String-1"]) == (
        "expired",
        "已于2027-11-21 12:00到期，缴费后自动恢复",
    )
    for answer in (early, late):
        assert "NT-Password" in answer and "Session-Timeout" not in answer


@pytest.mark.rule("ORD-09")
def test_while_the_installer_tests_the_line_it_works_although_the_term_starts_later(
    line: SubscriptionId,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update access.broadband set test_until = %s", [NOON - MINUTE])
    testing, over = told(NOON - 3 * MINUTE), told(NOON - MINUTE)
    assert (testing["Session-Timeout"], over["Tmp-String-0"]) == ("120", "not_begun")
    assert testing["Tmp-String-3"] == f"{int((NOON - MINUTE).timestamp())}:10000:1000"


@pytest.mark.rule("NET-01")
def test_a_withdrawn_account_and_one_that_nobody_has(line: SubscriptionId) -> None:
    withdraw_access(account=ACCOUNT, at=NOON)
    assert told()["Tmp-String-0"] == "withdrawn"
    assert told(account="nobody") == {"Tmp-String-0": "unknown"}
    assert told(account="' or '1'='1") == {"Tmp-String-0": "unknown"}


@pytest.mark.rule("CAT-02")
def test_a_speed_bought_with_the_next_term_comes_with_that_term(line: SubscriptionId) -> None:
    grant(line, NOON + YEAR, NOON + 2 * YEAR, mbit=100)
    before, after = told(NOON + YEAR - MINUTE), told(NOON + YEAR)
    assert (before["Tmp-Integer-0"], after["Tmp-Integer-0"], after["Tmp-String-2"]) == (
        "10000",
        "100000",
        "bb-100m",
    )
    assert before["Session-Timeout"] == str(365 * 24 * 3600 + 60)


@pytest.mark.rule("NET-01")
def test_one_session_an_account_and_a_router_that_comes_back_is_no_second_one(line: SubscriptionId) -> None:
    Dial(caller=HOME).start()
    assert told(NOON + MINUTE, caller=ABROAD)["Tmp-String-0"] == "already_on_line"
    assert told(NOON + MINUTE, caller="")["Tmp-String-0"] == "already_on_line"
    assert "Tmp-String-0" not in told(NOON + MINUTE, caller=HOME)
    assert "Tmp-String-0" not in told(NOON + 16 * MINUTE, caller=ABROAD), (
        "nobody told of the session for long"
    )


@pytest.mark.rule("NET-01")
def test_a_speed_that_no_attribute_holds_is_told_as_the_most_that_fits(line: SubscriptionId) -> None:
    grant(line, NOON + YEAR, NOON + 2 * YEAR, mbit=10_000)
    assert told(NOON + YEAR)["Tmp-Integer-2"] == "4294967295"


@pytest.mark.rule("NET-04")
def test_answers_are_kept_and_a_device_that_asks_is_heard(line: SubscriptionId) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into access.nas (name, kind, address, secret, coa_port, changed_at) values ('b', 'zte', %s, '', 1, %s)",
            [BRAS, NOON],
        )
    for second in (0, 10, 40):
        fetch_one(
            "select radius.answered(%s, %s, %s, false, 'wrong_password', '', %s)",
            ["DW0120502", BRAS, HOME, NOON + timedelta(seconds=second)],
        )
    assert [r["account"] for r in fetch_all("select account from access.answer")] == [ACCOUNT] * 3
    heard = fetch_one("select heard_at from access.nas")
    assert heard == {"heard_at": NOON + timedelta(seconds=40)}


@pytest.fixture
def server(real_db: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Signed in as the RADIUS server does."""
    role, password = f"radius_{uuid4().hex[:8]}", "not-in-any-log"
    with transaction.atomic():
        admit_server(role=role, password="an older one")
        admit_server(role=role, password=password)
    with psycopg.connect(real_db, user=role, password=password, autocommit=True) as signed_in:
        yield signed_in
    with connection.cursor() as cursor:
        cursor.execute(f"revoke all on schema radius from {role}")
        cursor.execute(f"revoke all on all functions in schema radius from {role}")
        cursor.execute(f"drop role {role}")


@pytest.mark.rule("LAW-03", "NET-01")
def test_the_servers_role_may_ask_for_an_account_and_read_nothing(
    server: psycopg.Connection[tuple[object, ...]],
) -> None:
    def ask(statement: str) -> object:
        return server.execute(statement).fetchone()  # type: ignore[call-overload]

    assert ask("show synchronous_commit") == ("off",)
    assert (
        ask("select attribute from radius.authorise('x', '10.0.0.1', '', 'nt', 1, 'UTC', '2026-01-01Z')")
        is not None
    )
    assert ask("select radius.rebooted('10.0.0.1', null, 0, '2026-01-01Z')") == (0,)
    tables = server.execute(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = relnamespace"
        " where relkind in ('r', 'p', 'v', 'm', 'S') and nspname not in ('pg_catalog', 'information_schema')"
        " and has_table_privilege(c.oid, 'select, insert, update, delete') and has_schema_privilege(n.oid, 'usage')"
    ).fetchall()
    assert tables == []
    for forbidden in (
        "select * from access.broadband",
        "select access.drop_months('answer', '2030-01-01')",
        "select access.admit_server('onehall', 'x')",
        "create table radius.mine ()",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute(forbidden)  # type: ignore[call-overload]
