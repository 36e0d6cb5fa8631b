"""What provisioning asks of a network element: an access device that can be told about a session under way (RFC 5176)."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from onehall.contexts.provisioning.contracts import Act, OnLine, Order

__all__ = ["Act", "Device", "NetworkElement", "OnLine", "Order", "Told", "Verdict"]

Verdict = StrEnum("Verdict", "OBEYED GONE UNABLE REFUSED SILENT")
"""OBEYED; GONE: it knows no such session; UNABLE: it cannot change a session under way; REFUSED; SILENT: no answer in time."""


@dataclass(frozen=True, slots=True)
class Device:
    """An access device. `secret` is shared with it and never shown; `failures` counts silences in a row."""

    id: int
    kind: str
    address: str
    port: int
    secret: bytes
    failures: int
    resting_until: datetime | None

    def __repr__(self) -> str:
        return f"Device({self.address}:{self.port})"


@dataclass(frozen=True, slots=True)
class Told:
    """What a device said; `word` is a code that `rules.obstacle` puts in words, "" where it obeyed."""

    verdict: Verdict
    word: str = ""


class NetworkElement(Protocol):
    """Access devices of every kind. Telling one takes at most the seconds given, and never raises: a failure is a word."""

    def live(self, kind_code: str) -> frozenset[str]:
        """What devices of this kind can change in a session under way: "until", "speed"."""
        ...

    def tell(
        self, *, device: Device, line: OnLine, order: Order, seconds: float, at: datetime
    ) -> "Future[Told]":
        """Cuts the session, or changes until when it may last and how fast it is."""
        ...
