"""One request to an access device, sent again while it is silent, and an end to the waiting whatever it does."""

import socket
import time

from pyrad import packet

from onehall.adapters.radius import codec
from onehall.contexts.provisioning.ports import Order, Told, Verdict

_TRIES = 3
_LARGEST = 4096
"""Octets of a RADIUS packet (RFC 2865 section 3)."""


def send(request: packet.CoAPacket, *, address: str, port: int, order: Order, seconds: float) -> Told:
    """Never raises: a failure is a word. What cannot be verified with the shared secret is as good as no answer."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.connect((address, port))
            return _exchange(request, line, order, seconds)
    except ConnectionRefusedError:
        return Told(Verdict.SILENT, "silent")
    except (OSError, ValueError):
        return Told(Verdict.SILENT, "unreachable")


def _exchange(request: packet.CoAPacket, line: socket.socket, order: Order, seconds: float) -> Told:
    """The same packet each time: a device that did it and whose answer was lost answers again and does nothing twice."""
    data = request.RequestPacket()
    word = "silent"
    for _ in range(_TRIES):
        line.send(data)
        until = time.monotonic() + seconds / _TRIES
        while (left := until - time.monotonic()) > 0:
            line.settimeout(left)
            try:
                answer = _verified(request, line.recv(_LARGEST))
            except TimeoutError:
                break
            if answer is not None:
                return codec.meaning(answer, order)
            word = "bad_answer"
    return Told(Verdict.SILENT, word)


def _verified(request: packet.CoAPacket, data: bytes) -> packet.Packet | None:
    try:
        answer = request.CreateReply(packet=data)
        return answer if request.VerifyReply(answer, data) else None
    except (packet.PacketError, ValueError, KeyError, IndexError):
        return None
