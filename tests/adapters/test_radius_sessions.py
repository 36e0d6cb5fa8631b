"""The generated FreeRADIUS takes in what devices tell of sessions, and names made to hurt do not."""

import pytest

from onehall.foundation.database import fetch_one
from tests.adapters.radius_room import PASSWORD, WRONG, WRONG_SAID, pap, tell
from tests.radius import LOOPBACK, RunningServer, radclient

pytestmark = [
    pytest.mark.parts("freeradius", "freeradius-utils"),
    pytest.mark.rule("NET-01"),
    pytest.mark.xdist_group("radius"),
]

GIB = 1 << 30


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
    "馨苑", "dw1@a@b", "@realm", "..", "`id`", "%n%s%x", "a" * 65, "\\", '\\"', "%",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_refused_and_leave_everything_standing(server: RunningServer, name: str) -> None:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    assert server.ask(pap(escaped)).code == "Access-Reject"
    assert tell(server, escaped, "Start", "evil") == "Accounting-Response"
    assert fetch_one("select 1 from access.session where session_id = 'evil'") is None


def test_a_realm_that_the_device_adds_is_taken_off(server: RunningServer, account: str) -> None:
    answer = server.ask(pap(f"{account.upper()}@hall.example"))
    assert (answer.code, answer.attributes["User-Name"]) == ("Access-Accept", account.upper())
    assert tell(server, f"{account}@hall.example", "Start", "r1") == "Accounting-Response"
    assert fetch_one("select session_id from access.session where account = %s", [account]) == {
        "session_id": "r1"
    }


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
    told = f'User-Name = "{account}"\nAcct-Status-Type = Start\nAcct-Session-Id = "f"'
    answer = radclient(LOOPBACK, server.place.port + 1, "guess" * 4, "acct", told, seconds=0.5)
    assert answer.code == ""
    assert fetch_one("select 1 from access.session where account = %s", [account]) is None
