"""Disconnect-Request and CoA-Request as RFC 5176 describes them, and what the answers mean."""

import io
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from pyrad import packet
from pyrad.dictionary import Dictionary

from onehall.adapters.radius.kinds import SpeedAttribute, kind, kinds
from onehall.contexts.provisioning.ports import Act, LiveLine, Order, Told, Verdict

_STANDARD = """
ATTRIBUTE User-Name 1 string
ATTRIBUTE User-Password 2 octets
ATTRIBUTE CHAP-Password 3 octets
ATTRIBUTE NAS-IP-Address 4 ipaddr
ATTRIBUTE NAS-Port 5 integer
ATTRIBUTE Framed-IP-Address 8 ipaddr
ATTRIBUTE Reply-Message 18 string
ATTRIBUTE Class 25 octets
ATTRIBUTE Session-Timeout 27 integer
ATTRIBUTE Calling-Station-Id 31 string
ATTRIBUTE NAS-Identifier 32 string
ATTRIBUTE Acct-Status-Type 40 integer
ATTRIBUTE Acct-Input-Octets 42 integer
ATTRIBUTE Acct-Output-Octets 43 integer
ATTRIBUTE Acct-Session-Id 44 string
ATTRIBUTE Acct-Session-Time 46 integer
ATTRIBUTE Acct-Terminate-Cause 49 integer
ATTRIBUTE Acct-Input-Gigawords 52 integer
ATTRIBUTE Acct-Output-Gigawords 53 integer
ATTRIBUTE Event-Timestamp 55 date
ATTRIBUTE CHAP-Challenge 60 octets
ATTRIBUTE Message-Authenticator 80 octets
ATTRIBUTE Acct-Interim-Interval 85 integer
ATTRIBUTE NAS-Port-Id 87 string
ATTRIBUTE Error-Cause 101 integer
"""
_GONE = 503
_CANNOT = frozenset({401, 402, 404, 405, 406, 407})
"""Error causes (RFC 5176 section 3.5) that say: not this way, ever. Asking again would not help."""
_ACKS = (packet.DisconnectACK, packet.CoAACK)
_NAKS = (packet.DisconnectNAK, packet.CoANAK)


@cache
def dictionary() -> Dictionary:
    """The attributes that we speak: the standard's, and those of every declared kind of device."""
    return Dictionary(io.StringIO(_STANDARD + "\n".join(_vendors())))


def _vendors() -> Iterable[str]:
    speeds = {(one.vendor, one.code): one for found in kinds().values() for one in found.speed}
    for vendor, number in sorted({(one.vendor, one.vendor_id) for one in speeds.values()}):
        yield f"VENDOR {vendor} {number}\nBEGIN-VENDOR {vendor}"
        yield from (f"ATTRIBUTE {one.attribute} {one.code} {one.format}" for one in _of(vendor, speeds))
        yield f"END-VENDOR {vendor}"


def _of(vendor: str, speeds: dict[tuple[str, int], SpeedAttribute]) -> Iterable[SpeedAttribute]:
    return (one for (of, _), one in sorted(speeds.items()) if of == vendor)


def request(
    *, device_kind: str, secret: bytes, line: LiveLine, order: Order, at: datetime
) -> packet.CoAPacket:
    """The packet for an order: signed, with its moment, so that nobody can send it again later (RFC 5176 section 6.3)."""
    code = packet.DisconnectRequest if order.act is Act.CUT else packet.CoARequest
    made = packet.CoAPacket(code=code, secret=secret, dict=dictionary())
    for name, value in _session(line):
        made[name] = value
    made["Event-Timestamp"] = int(at.timestamp())
    if order.act is Act.CHANGE:
        for name, value in _changes(device_kind, order, at):
            made[name] = value
    made.add_message_authenticator()
    return made


def _session(line: LiveLine) -> Iterable[tuple[str, str]]:
    """Which session is meant, by all that is known of it: devices differ in what they look at."""
    yield "User-Name", line.account
    yield "Acct-Session-Id", line.session_id
    if ":" not in line.nas:
        yield "NAS-IP-Address", line.nas
    if line.framed_ip and ":" not in line.framed_ip:
        yield "Framed-IP-Address", line.framed_ip
    if line.caller:
        yield "Calling-Station-Id", line.caller


def _changes(device_kind: str, order: Order, at: datetime) -> Iterable[tuple[str, Any]]:
    """Session-Timeout counts from now: a device that counts from the session's start ends it sooner, never later."""
    if order.until is not None:
        yield "Session-Timeout", max(1, int((order.until - at).total_seconds()))
    if order.speed is not None:
        down, up = order.speed
        for one in kind(device_kind).speed:
            yield one.attribute, one.filled(down_kbps=down, up_kbps=up)


def meaning(answer: packet.Packet, order: Order) -> Told:
    """What the device said; a cause that we do not know is still told by its number."""
    if answer.code in _ACKS:
        return Told(Verdict.OBEYED)
    if answer.code not in _NAKS:
        return Told(Verdict.REFUSED, "bad_answer")
    cause = int(answer["Error-Cause"][0]) if "Error-Cause" in answer else 0
    if cause == _GONE:
        return Told(Verdict.GONE)
    word = f"nak_{cause}" if cause else "nak"
    unable = cause in _CANNOT and order.act is Act.CHANGE
    return Told(Verdict.UNABLE if unable else Verdict.REFUSED, word)
