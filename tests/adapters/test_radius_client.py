"""An access device is told over RFC 5176, and whatever it does the answer is a word in time."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pyrad import packet

from onehall.adapters.radius import codec
from onehall.adapters.radius.plug import AccessDevices
from onehall.adapters.radius.simulator import Nas
from onehall.contexts.provisioning.contracts import Act, LiveLine, Order
from onehall.contexts.provisioning.ports import Device, Told, Verdict
from onehall.contexts.provisioning.rules import OBSTACLES

SECRET = b"between-us-two"
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
CUT = Order(Act.CUT)
FASTER = Order(Act.CHANGE, speed=(200_000, 40_000))


@pytest.fixture
def nas() -> Iterator[Nas]:
    with Nas(SECRET, kind="huawei") as device:
        yield device


def line(account: str = "dw0120502", session_id: str = "", **other: object) -> LiveLine:
    facts = {
        "caller": "aa-bb-cc-00-11-22",
        "framed_ip": "10.9.0.7",
        "nas": "127.0.0.1",
        "fixed": False,
    } | other
    return LiveLine(
        account=account, unique_id=f"u-{account}", session_id=session_id, nas_port="7", started_at=NOW,
        granted_until=None, granted_down_kbps=None, granted_up_kbps=None, **facts,  # type: ignore[arg-type]
    )  # fmt: skip


def tell(nas: Nas, about: LiveLine, order: Order, *, secret: bytes = SECRET, seconds: float = 1) -> Told:
    device = Device(1, nas.kind, nas.address, nas.coa_port, secret, 0, None)
    return AccessDevices().tell(device=device, line=about, order=order, seconds=seconds, at=NOW).result(10)


@pytest.mark.rule("NET-01")
def test_a_session_is_cut_and_no_other(nas: Nas) -> None:
    here, there = nas.attach("dw0120502"), nas.attach("dw0120503")
    assert tell(nas, line(session_id=here.id), CUT) == Told(Verdict.OBEYED)
    assert not here.on_line and there.on_line
    assert tell(nas, line(session_id=here.id), CUT) == Told(Verdict.GONE)


@pytest.mark.rule("NET-01", "CAT-02")
def test_speed_and_end_change_while_the_session_goes_on(nas: Nas) -> None:
    session = nas.attach("dw0120502", timeout=60)
    longer = Order(Act.CHANGE, until=NOW + timedelta(hours=2), speed=(200_000, 40_000))
    assert tell(nas, line(session_id=session.id), longer) == Told(Verdict.OBEYED)
    assert session.on_line and session.ends_at is not None
    assert session.ends_at - time.monotonic() == pytest.approx(7200, abs=5)
    assert session.attributes["Huawei-Output-Average-Rate"] == 200_000_000
    assert session.attributes["WISPr-Bandwidth-Max-Up"] == 40_000_000


@pytest.mark.rule("NET-01")
@pytest.mark.parametrize("cause", [401, 405])
def test_a_device_that_cannot_change_a_session_says_so_and_is_not_asked_again(nas: Nas, cause: int) -> None:
    nas.manners.nak = cause
    assert tell(nas, line(session_id=nas.attach("dw0120502").id), FASTER) == Told(
        Verdict.UNABLE, f"nak_{cause}"
    )


@pytest.mark.rule("NET-03")
def test_a_refusal_keeps_its_cause(nas: Nas) -> None:
    nas.manners.nak_disconnect = 504
    assert tell(nas, line(session_id=nas.attach("dw0120502").id), CUT) == Told(Verdict.REFUSED, "nak_504")
    assert "nak_504" in OBSTACLES


@pytest.mark.rule("NET-03")
def test_silence_ends_in_the_time_allowed(nas: Nas) -> None:
    nas.manners.silent = True
    began = time.monotonic()
    assert tell(nas, line(), CUT, seconds=0.3) == Told(Verdict.SILENT, "silent")
    assert 0.2 < time.monotonic() - began < 1.5


@pytest.mark.rule("NET-03")
def test_a_device_that_is_off_is_silent_too() -> None:
    with Nas(SECRET) as nas:
        pass
    assert tell(nas, line(), CUT, seconds=0.3) == Told(Verdict.SILENT, "silent")


@pytest.mark.rule("NET-01")
def test_a_device_believes_nobody_without_the_secret(nas: Nas) -> None:
    session = nas.attach("dw0120502")
    answer = tell(nas, line(session_id=session.id), CUT, secret=b"not-between-us", seconds=0.3)
    assert answer == Told(Verdict.SILENT, "silent")
    assert session.on_line


@pytest.mark.rule("NET-01")
def test_an_answer_that_the_secret_does_not_prove_is_none() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as liar:
        liar.bind(("127.0.0.1", 0))

        def lie() -> None:
            data, sender = liar.recvfrom(4096)
            forged = packet.CoAPacket(packet=data, secret=b"forged", dict=codec.dictionary())
            liar.sendto(forged.CreateReply().ReplyPacket(), sender)

        threading.Thread(target=lie, daemon=True).start()
        nas = Nas(SECRET, coa_port=liar.getsockname()[1])
        assert tell(nas, line(), CUT, seconds=0.3) == Told(Verdict.SILENT, "bad_answer")


@pytest.mark.rule("NET-03")
def test_a_dead_device_delays_no_other(nas: Nas) -> None:
    """Ten orders wait for a dead one; the living one answers meanwhile, and nine of the ten are not sent into the silence."""
    with Nas(SECRET, address="127.0.0.2") as dead:
        dead.manners.silent = True
        devices = AccessDevices()
        here = Device(1, "huawei", nas.address, nas.coa_port, SECRET, 0, None)
        there = Device(2, "huawei", dead.address, dead.coa_port, SECRET, 0, None)
        began = time.monotonic()
        lost = [devices.tell(device=there, line=line(), order=CUT, seconds=0.5, at=NOW) for _ in range(10)]
        session = nas.attach("dw0120502")
        alive = devices.tell(device=here, line=line(session_id=session.id), order=CUT, seconds=0.5, at=NOW)
        assert alive.result(5).verdict is Verdict.OBEYED
        assert time.monotonic() - began < 0.4
        assert {one.result(5).verdict for one in lost} == {Verdict.SILENT}
        assert time.monotonic() - began < 1.5


def test_a_request_is_signed_and_says_when_it_was_made() -> None:
    made = codec.request(device_kind="zte", secret=SECRET, line=line(session_id="s1"), order=FASTER, at=NOW)
    read = packet.CoAPacket(packet=made.RequestPacket(), secret=SECRET, dict=codec.dictionary())
    assert read.VerifyCoARequest() and read.verify_message_authenticator()
    assert read["Event-Timestamp"][0] == int(NOW.timestamp())
    assert (read["User-Name"][0], read["Acct-Session-Id"][0], read["NAS-IP-Address"][0]) == (
        "dw0120502", "s1", "127.0.0.1",
    )  # fmt: skip
    assert (read["ZTE-Rate-Ctrl-SCR-Down"][0], read["Framed-IP-Address"][0]) == (200_000, "10.9.0.7")
    assert "Session-Timeout" not in read
