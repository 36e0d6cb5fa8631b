"""The generated FreeRADIUS, asked by real RADIUS clients: every method, every refusal, accounting, hostile names."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from onehall.contexts.provisioning.rules import nt_hash, pbkdf2
from onehall.foundation.database import fetch_all, fetch_one
from tests.conftest_database import PointedTo, TestServer
from tests.radius import (
    LOOPBACK,
    PLAN,
    SECRET,
    RunningServer,
    Tunnel,
    chap_plan,
    eapol_test,
    running,
)

pytestmark = [
    pytest.mark.parts("freeradius", "freeradius-utils"),
    pytest.mark.rule("NET-01"),
    pytest.mark.xdist_group("radius"),
]
PASSWORD, WRONG = "a123456", "b123456"
WRONG_SAID = "账号或密码不正确"
GIB = 1 << 30


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


def test_pap_is_accepted_to_the_second_with_the_speed_in_the_words_of_the_device(
    server: RunningServer, account: str
) -> None:
    answer = server.ask(pap(account))
    assert answer.code == "Access-Accept", answer.whole + server.said()
    told = answer.attributes
    assert 3598 <= int(told["Session-Timeout"]) <= 3600 and told["Acct-Interim-Interval"] == "300"
    assert (told["WISPr-Bandwidth-Max-Down"], told["WISPr-Bandwidth-Max-Up"]) == ("100000000", "20000000")
    assert (told["Huawei-Output-Average-Rate"], told["Huawei-Input-Average-Rate"]) == (
        "100000000",
        "20000000",
    )
    row = fetch_one("select valid_until from access.broadband where account = %s", [account])
    assert row is not None
    granted = bytes.fromhex(told["Class"].removeprefix("0x")).decode().split(":")
    assert 0 <= int(granted[0]) - row["valid_until"].timestamp() < 1 and granted[1:] == ["100000", "20000"]
    assert answers(account) == [(True, "", "02-00-00-00-00-01")]


def test_mschap_and_chap_are_accepted_and_their_wrong_passwords_are_not(
    server: RunningServer, account: str
) -> None:
    line("chapuser")
    line("odd")
    mschap, chap = 'User-Name = "{}"\nMS-CHAP-Password = "{}"', 'User-Name = "{}"\nCHAP-Password = "{}"'
    assert server.ask(mschap.format(account, PASSWORD)).code == "Access-Accept"
    refused = server.ask(mschap.format(account, WRONG))
    assert (refused.code, refused.message) == ("Access-Reject", WRONG_SAID)
    assert "E=691" in refused.attributes["MS-CHAP-Error"]
    assert server.ask(chap.format("chapuser", PASSWORD)).code == "Access-Accept"
    assert server.ask(chap.format("chapuser", WRONG)).message == WRONG_SAID
    assert server.ask('User-Name = "odd"\nCHAP-Password = "p\\"a$%{x}\'b"').code == "Access-Accept"
    without = server.ask(chap.format(account, PASSWORD))
    assert (without.code, without.message) == ("Access-Reject", "这种认证方式不能使用，请联系客服")
    assert [reason for _, reason, _ in answers(account)] == ["", "wrong_password", "method"]


@pytest.mark.parts("eapoltest")
@pytest.mark.parametrize(
    "tunnel",
    [Tunnel("TTLS", "auth=PAP"), Tunnel("TTLS", "auth=MSCHAPV2"), Tunnel("PEAP", "auth=MSCHAPV2")],
    ids=str,
)
def test_tunnelled_methods_are_accepted_under_the_real_name(
    server: RunningServer, account: str, tunnel: Tunnel, tmp_path: Path
) -> None:
    answer = eapol_test(server, tunnel, account, PASSWORD, tmp_path)
    assert answer.code == "Access-Accept", answer.whole[-3000:] + server.said()
    assert answer.attributes["User-Name"] == account and int(answer.attributes["Session-Timeout"]) > 3590
    assert eapol_test(server, tunnel, account, WRONG, tmp_path).code == "Access-Reject"
    with connection.cursor() as cursor:
        cursor.execute("update access.broadband set valid_until = now() where account = %s", [account])
    assert eapol_test(server, tunnel, account, PASSWORD, tmp_path).code == "Access-Reject"
    reasons = [(accepted, reason) for accepted, reason, _ in answers(account)]
    assert reasons == [(True, ""), (False, "wrong_password"), (False, "expired")]
    assert {caller for *_, caller in answers(account)} == {"02-00-00-00-00-01"}


@pytest.mark.rule("BIL-01", "NET-04")
@pytest.mark.parametrize(
    ("term", "reason", "said"),
    [
        ({"ends": -1}, "expired", "到期，缴费后自动恢复"),
        ({"begins": 60}, "not_begun", "尚未到开通时间"),
        ({"state": "withdrawn"}, "withdrawn", "账号已停用"),
    ],
)
def test_a_refusal_says_why_to_whoever_knows_the_password_and_nothing_to_others(
    server: RunningServer, term: dict[str, float], reason: str, said: str
) -> None:
    account = line(**term)  # type: ignore[arg-type]
    known, guessed = server.ask(pap(account)), server.ask(pap(account, WRONG))
    assert known.code == guessed.code == "Access-Reject"
    assert said in known.message and guessed.message == WRONG_SAID
    assert set(known.attributes) == {"Reply-Message"}, "neither a speed nor a time to somebody refused"
    assert [why for _, why, _ in answers(account)] == [reason, "wrong_password"]


def test_nobody_learns_which_accounts_exist(server: RunningServer, account: str) -> None:
    stranger, guess = server.ask(pap("dw9999999")), server.ask(pap(account, WRONG))
    assert (stranger.code, stranger.attributes) == (guess.code, guess.attributes)
    assert answers("dw9999999") == [(False, "unknown", "02-00-00-00-00-01")]


def test_payment_makes_the_next_attempt_succeed(server: RunningServer) -> None:
    account = line(ends=-1)
    assert server.ask(pap(account)).code == "Access-Reject"
    with connection.cursor() as cursor:
        cursor.execute(
            "update access.broadband set valid_until = now() + interval '1 day' where account = %s", [account]
        )
    assert server.ask(pap(account)).code == "Access-Accept"


def tell(server: RunningServer, account: str, status: str, session: str, more: str = "", **given: str) -> str:
    facts = {
        "User-Name": f'"{account}"', "Acct-Status-Type": status, "Acct-Session-Id": f'"{session}"',
        "Calling-Station-Id": '"02-00-00-00-00-01"', "NAS-Port-Id": '"slot=0;subslot=1;port=2"',
    } | {name.replace("_", "-"): value for name, value in given.items()}  # fmt: skip
    text = "\n".join(f"{name} = {value}" for name, value in facts.items())
    return server.ask(f"{text}\n{more}", kind="acct").code


def test_accounting_counts_in_64_bits_and_brings_back_what_was_granted(
    server: RunningServer, account: str
) -> None:
    granted = server.ask(pap(account)).attributes["Class"]
    assert (
        tell(server, account, "Start", "s1", Class=granted, Framed_IP_Address="10.50.0.9")
        == "Accounting-Response"
    )
    open_ = fetch_one("select * from access.session where account = %s", [account])
    assert open_ is not None
    assert (str(open_["nas"]), open_["nas_port"], str(open_["framed_ip"])) == (
        LOOPBACK, "slot=0;subslot=1;port=2", "10.50.0.9",
    )  # fmt: skip
    assert (open_["granted_down_kbps"], open_["granted_up_kbps"]) == (100_000, 20_000)
    tell(
        server,
        account,
        "Interim-Update",
        "s1",
        Acct_Session_Time="60",
        Acct_Input_Octets="7",
        Acct_Input_Gigawords="3",
    )
    octets = {"Acct_Output_Octets": "9", "Acct_Output_Gigawords": "1000", "Acct_Input_Octets": "8"}
    tell(server, account, "Stop", "s1", Acct_Session_Time="90", Acct_Input_Gigawords="3", **octets,
         Acct_Terminate_Cause="User-Request")  # fmt: skip
    assert fetch_one("select 1 from access.session where account = %s", [account]) is None
    ended = fetch_one("select * from access.session_ended where account = %s", [account])
    assert ended is not None
    assert (ended["up_octets"], ended["down_octets"]) == (12 * GIB + 8, 4000 * GIB + 9)
    assert (ended["seconds"], ended["cause"]) == (90, "User-Request")
    used = fetch_one("select * from access.usage_day where account = %s", [account])
    assert used is not None and (used["up_octets"], used["seconds"]) == (12 * GIB + 8, 90)


def test_one_session_an_account(server: RunningServer, account: str) -> None:
    tell(server, account, "Start", "s1")
    again = pap(account)
    elsewhere = again.replace("02-00-00-00-00-01", "02-00-00-00-00-99")
    assert server.ask(elsewhere).message == "账号已在别处在线"
    assert server.ask(elsewhere.replace(PASSWORD, WRONG)).message == WRONG_SAID
    assert server.ask(again).code == "Access-Accept", "the same router comes back"
    tell(server, account, "Stop", "s1", Acct_Session_Time="5")
    assert server.ask(elsewhere).code == "Access-Accept"


def test_a_device_that_restarts_ends_what_it_had(server: RunningServer, account: str) -> None:
    tell(server, account, "Start", "s1")
    assert server.ask("Acct-Status-Type = Accounting-On", kind="acct").code == "Accounting-Response"
    ended = fetch_one("select cause from access.session_ended where account = %s", [account])
    assert ended == {"cause": "NAS-Reboot"}


HOSTILE = (
    "' or '1'='1", "x'; drop table access.broadband; --", "%{User-Password}", "%{sql:select 1}", "${confdir}", "a b",
    "馨苑", "dw1@realm", "..", "`id`", "%n%s%x", "a" * 65, "\\", '\\"', "%",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_refused_and_leave_everything_standing(server: RunningServer, name: str) -> None:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    assert server.ask(pap(escaped)).code == "Access-Reject"
    assert tell(server, escaped, "Start", "evil") == "Accounting-Response"
    assert fetch_one("select 1 from access.session where session_id = 'evil'") is None


def test_bytes_that_are_no_text_hurt_nothing(server: RunningServer, account: str) -> None:
    raw = 'User-Name = 0xff00c328\nUser-Password = "x"\nCalling-Station-Id = 0xc328ff27'
    assert server.ask(raw).code == "Access-Reject"
    assert server.ask(
        f'User-Name = "{account}"\nUser-Password = "{PASSWORD}"\nCalling-Station-Id = 0xc328ff27'
    ).code == ("Access-Accept")
    assert (
        tell(server, account, "Start", "odd", Class="0xc328ff27", Calling_Station_Id="0xff27")
        == "Accounting-Response"
    )
    assert fetch_one("select 1 from access.session where session_id = 'odd'") is not None


def test_a_stranger_who_does_not_share_the_secret_gets_no_answer_to_accounting(
    server: RunningServer, account: str
) -> None:
    server.ask(
        f'User-Name = "{account}"\nAcct-Status-Type = Start\nAcct-Session-Id = "f"',
        kind="acct",
        secret="guess" * 4,
    )
    assert fetch_one("select 1 from access.session where account = %s", [account]) is None


@pytest.mark.rule("LAW-03")
def test_its_files_are_for_its_own_eyes_and_hold_no_password_of_a_customer(server: RunningServer) -> None:
    files = [path for path in server.place.folder.rglob("*") if path.is_file()]
    assert len(files) >= 8
    assert {path.stat().st_mode & 0o077 for path in (server.place.folder, *files)} == {0}
    holding = {path.name for path in files if PASSWORD in path.read_text(errors="replace")}
    assert holding == {"clear"}, "only where a device needs CHAP"
    assert PASSWORD not in server.said() and SECRET not in server.said()


@pytest.mark.rule("LAW-03")
def test_pap_is_checked_by_the_slow_hash_where_the_hall_wants_that(
    server: RunningServer, account: str
) -> None:
    server.stop()
    server.write(replace(PLAN, slow_pap=True))
    server.start()
    with connection.cursor() as cursor:
        cursor.execute("update access.broadband set nt_hash = %s where account = %s", [bytes(16), account])
    assert server.ask(pap(account)).code == "Access-Accept"
    assert server.ask(pap(account, WRONG)).code == "Access-Reject"
