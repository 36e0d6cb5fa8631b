"""What the simulated access device works with: its manners, a session, and packets on the wire."""

import hashlib
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from pyrad import packet

from onehall.adapters.radius import codec

START, STOP, INTERIM, BOOTED = 1, 2, 3, 7
USER, LOST, TIMEOUT, ADMIN = 1, 2, 5, 6
"""Acct-Status-Type and Acct-Terminate-Cause (RFC 2866 sections 5.1 and 5.10)."""
_GIGA = 2**32


@dataclass
class Manners:
    """How the device behaves. `nak` answers every CoA with this error cause, `deaf` ignores Disconnects it acknowledges."""

    silent: bool = False
    slow: float = 0.0
    nak: int = 0
    nak_disconnect: int = 0
    deaf: bool = False
    ignores_timeout: bool = False


@dataclass
class Session:
    """A customer on line. `ends_at` is on the device's own clock; speeds in kbit/s as far as attributes told them."""

    id: str
    account: str
    caller: str
    began: float
    ends_at: float | None
    attributes: dict[str, Any]
    klass: bytes
    interim: float
    up: int = 0
    down: int = 0
    cause: int = 0
    reported: float = field(default_factory=time.monotonic)

    @property
    def on_line(self) -> bool:
        """Whether traffic flows."""
        return not self.cause

    @property
    def seconds(self) -> int:
        """How long it has lasted."""
        return int(time.monotonic() - self.began)


@dataclass(frozen=True)
class Refused:
    """The server said no, or nothing at all (then `reason` is empty)."""

    reason: str


def accounting(session: Session, status: int, secret: bytes, address: str) -> packet.AcctPacket:
    """Start, interim or stop of a session, with octets beyond 32 bits in gigawords (RFC 2869 section 5.1)."""
    made = packet.AcctPacket(secret=secret, dict=codec.dictionary())
    facts = {
        "Acct-Status-Type": status, "Acct-Session-Id": session.id, "User-Name": session.account,
        "NAS-IP-Address": address, "Event-Timestamp": int(time.time()),  # the device's own clock
        "Acct-Session-Time": session.seconds, "Acct-Input-Octets": session.up % _GIGA,
        "Acct-Input-Gigawords": session.up // _GIGA, "Acct-Output-Octets": session.down % _GIGA,
        "Acct-Output-Gigawords": session.down // _GIGA,
    }  # fmt: skip
    if session.caller:
        facts["Calling-Station-Id"] = session.caller
    if session.klass:
        facts["Class"] = session.klass
    if status == STOP:
        facts["Acct-Terminate-Cause"] = session.cause
    for name, value in facts.items():
        made[name] = value
    return made


def booted(secret: bytes, address: str) -> packet.AcctPacket:
    """Accounting-On: whatever was on line here before is not any more (RFC 2866 section 5.1)."""
    made = packet.AcctPacket(secret=secret, dict=codec.dictionary())
    made["Acct-Status-Type"] = BOOTED
    made["Acct-Session-Id"] = "00000000"
    made["NAS-IP-Address"] = address
    made["Event-Timestamp"] = int(time.time())
    return made


def chap_response(challenge: bytes, password: str) -> bytes:
    """RFC 1994 section 4.1: an identifier and the MD5 of identifier, secret and challenge."""
    return b"\x01" + hashlib.md5(b"\x01" + password.encode() + challenge, usedforsecurity=False).digest()


def exchange(made: packet.Packet, line: socket.socket, server: tuple[str, int]) -> packet.Packet | None:
    data = made.RequestPacket()
    try:
        line.sendto(data, server)
        raw = line.recv(4096)
        answer = made.CreateReply(packet=raw)
        return answer if made.VerifyReply(answer, raw) else None
    except (OSError, packet.PacketError):
        return None
