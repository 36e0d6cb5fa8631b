"""The generated FreeRADIUS, asked by real RADIUS clients: every method, every refusal, and what its files hold."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from onehall.foundation.database import fetch_one
from tests.adapters.radius_room import PASSWORD, WRONG, WRONG_SAID, answers, line, pap
from tests.radius import PLAN, SECRET, RunningServer, Tunnel, eapol_test

pytestmark = [
    pytest.mark.parts("freeradius", "freeradius-utils"),
    pytest.mark.rule("NET-01"),
    pytest.mark.xdist_group("radius"),
]


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
