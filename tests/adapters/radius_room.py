"""One FreeRADIUS for the stories of a module; each story has accounts of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from onehall.contexts.provisioning.rules import nt_hash, pbkdf2
from onehall.foundation.database import fetch_all
from tests.conftest_database import PointedTo, TestServer
from tests.radius import RunningServer, chap_plan, running

PASSWORD, WRONG = "a123456", "b123456"
WRONG_SAID = "账号或密码不正确"


@pytest.fixture(scope="module")
def server(
    test_server: TestServer,
    bare_template: str,
    django_db_blocker: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[RunningServer]:
    """One server for all stories here; each story has accounts of its own."""
    name = test_server.clone(bare_template)
    with (
        PointedTo(name, django_db_blocker),
        running(test_server.url(name), chap_plan(chapuser=PASSWORD, odd="""p"a$%{x}'b""")) as started,
    ):
        yield started
    test_server.forget(name)


_next = iter(range(1, 1000))


@pytest.fixture
def account(server: RunningServer) -> str:
    """An account of 王建国, paid for another hour."""
    return line()


def line(
    name: str = "", *, begins: float = -60, ends: float = 3600, state: str = "active", down: int = 100_000
) -> str:
    """An account whose term lies so many seconds from now."""
    name = name or f"dw{next(_next):07}"
    now = datetime.now(UTC)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")
        cursor.execute("set local session_replication_role = replica")  # no subscription stands behind it
        cursor.execute(
            "insert into access.broadband values (%s, 1, %s, %s, null, false, %s, %s, %s, 20000, 'bb-100m', %s, %s)",
            [name, nt_hash(PASSWORD), pbkdf2(PASSWORD, salt=b"0123456789abcdef", rounds=1000),
             now + timedelta(seconds=begins), now + timedelta(seconds=ends), down, state, now],
        )  # fmt: skip
    return name


def answers(account: str) -> list[tuple[bool, str, str]]:
    rows = fetch_all(
        "select accepted, reason, caller from access.answer where account = %s order by at", [account]
    )
    return [(row["accepted"], row["reason"], row["caller"]) for row in rows]


def pap(account: str, password: str = PASSWORD, more: str = "") -> str:
    return f'User-Name = "{account}"\nUser-Password = "{password}"\nCalling-Station-Id = "02-00-00-00-00-01"\n{more}'


def tell(server: RunningServer, account: str, status: str, session: str, more: str = "", **given: str) -> str:
    facts = {
        "User-Name": f'"{account}"', "Acct-Status-Type": status, "Acct-Session-Id": f'"{session}"',
        "Calling-Station-Id": '"02-00-00-00-00-01"', "NAS-Port-Id": '"slot=0;subslot=1;port=2"',
    } | {name.replace("_", "-"): value for name, value in given.items()}  # fmt: skip
    text = "\n".join(f"{name} = {value}" for name, value in facts.items())
    return server.ask(f"{text}\n{more}", kind="acct").code
