"""Raw TCP to a receipt printer (port 9100), asking it what it knows: paper before, and after each part that it came out."""

import socket
from dataclasses import dataclass

from onehall.adapters.printer.codec import Slip
from onehall.foundation.documents.contracts import Outcome
from onehall.foundation.documents.ports import Answer

PORT = 9100
ASK_OFFLINE = b"\x10\x04\x02"
ASK_PAPER = b"\x10\x04\x04"
ASK_DONE = b"\x1d\x72\x01"
"""Answered only when everything sent before has been printed, unlike the two real-time questions above."""

COVER_OPEN, STOPPED_BY_ERROR, PAPER_END = 0x04, 0x40, 0x60


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds: for the connection, and for each answer of the printer."""

    connect: float = 2.0
    answer: float = 6.0


def send(address: str, slip: Slip, *, limits: Limits) -> Answer:
    """Prints one slip. FAILED as long as the foot was not sent: then no whole copy can have come out."""
    try:
        with socket.create_connection(_parsed(address), timeout=limits.connect) as line:
            line.settimeout(limits.answer)
            trouble = _trouble(line)
            if trouble:
                return Answer(Outcome.FAILED, trouble)
            _print(line, slip.body)
            return _print_foot(line, slip.foot)
    except TimeoutError:
        return Answer(Outcome.FAILED, "printer_silent")
    except ConnectionRefusedError:
        return Answer(Outcome.FAILED, "printer_refused")
    except OSError:
        return Answer(Outcome.FAILED, "printer_broke_off")


def _parsed(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return (host, int(port)) if host else (address, PORT)


def _trouble(line: socket.socket) -> str:
    offline = _ask(line, ASK_OFFLINE)
    if offline & COVER_OPEN:
        return "cover_open"
    if offline & STOPPED_BY_ERROR:
        return "printer_error"
    return "paper_out" if _ask(line, ASK_PAPER) & PAPER_END else ""


def _print(line: socket.socket, part: bytes) -> None:
    line.sendall(part)
    _ask(line, ASK_DONE)


def _print_foot(line: socket.socket, foot: bytes) -> Answer:
    try:
        _print(line, foot)
    except OSError:
        return Answer(Outcome.UNCLEAR, "no_confirmation")
    return Answer(Outcome.PRINTED)


def _ask(line: socket.socket, question: bytes) -> int:
    line.sendall(question)
    answer = line.recv(1)
    if not answer:
        raise ConnectionResetError("the printer closed the line")
    return answer[0]
