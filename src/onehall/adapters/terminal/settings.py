"""The merchant's folder: `card.toml`, written by the administrator and readable by the service alone.

Its key is in no database, log or address. `terminals` says which terminal stands at which counter: "xinyuan/3" = "T0000003".
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_KEY_BYTES = 32  # structural: as long as the hash that it keys


class BadSettings(ValueError):
    """The file is not what it should be."""


@dataclass(frozen=True)
class Merchant:
    """Who we are to the acquirer, where its gateway is, and where our terminals stand. Without a `url` none is connected."""

    merchant: str
    key: bytes
    url: str
    terminals: Mapping[str, str]


def read(folder: Path) -> Merchant | None:
    """The settings, None where no acquirer of cards is known. Raises BadSettings."""
    file = folder / "card.toml"
    if not file.is_file():
        return None
    try:
        told = tomllib.loads(file.read_text())
        terminals = {str(desk): str(no) for desk, no in dict(told.get("terminals", {})).items()}
        found = Merchant(
            str(told["merchant"]), str(told["key"]).encode(), str(told.get("url", "")), terminals
        )
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise BadSettings(f"{file}: {why!r}") from why
    if len(found.key) < _KEY_BYTES:
        raise BadSettings(f"{file}: key has at least {_KEY_BYTES} characters")
    return found
