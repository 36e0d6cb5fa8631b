"""The kinds of access devices, as `kinds.toml` declares them: data, so that another vendor needs no line of code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from onehall.foundation.values.text import Text

FILE = Path(__file__).with_name("kinds.toml")
EVERY = "every"
MOST = 2**32 - 1
"""What fits into an integer attribute (RFC 2865 section 5)."""
_PER_KBPS = 1000


@dataclass(frozen=True, slots=True)
class SpeedAttribute:
    """One attribute that tells a speed. `value` is a template over down_kbps, up_kbps, down_bps and up_bps."""

    attribute: str
    code: int
    format: str
    value: str
    vendor: str
    vendor_id: int

    def filled(self, *, down_kbps: int, up_kbps: int) -> int | str:
        """The value for a speed; a whole number no larger than fits where the attribute is an integer."""
        text = self.value.format(
            down_kbps=down_kbps, up_kbps=up_kbps, down_bps=down_kbps * _PER_KBPS, up_bps=up_kbps * _PER_KBPS
        )
        return min(int(text), MOST) if self.format == "integer" else text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of access device. `live` holds what it can change in a running session: "until", "speed"."""

    code: str
    name: Text
    live: frozenset[str]
    speed: tuple[SpeedAttribute, ...]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every declared kind by its code; each tells a speed in its own attributes and in those that go to all."""
    declared = tomllib.loads(FILE.read_text(encoding="utf-8"))
    common = _attributes(declared.pop(EVERY))
    return {
        code: Kind(
            code=code,
            name=Text(entry["name"]["zh"], entry["name"]["en"]),
            live=frozenset(entry["live"]),
            speed=(*_attributes(entry), *common),
        )
        for code, entry in declared.items()
    }


def kind(code: str) -> Kind:
    """The kind of this code; a device of a kind that nobody declared is spoken to as a generic one."""
    return kinds().get(code) or kinds()["generic"]


def _attributes(entry: Mapping[str, Any]) -> tuple[SpeedAttribute, ...]:
    return tuple(
        SpeedAttribute(**one, vendor=entry["vendor"], vendor_id=entry["vendor_id"])
        for one in entry.get("speed", ())
    )
