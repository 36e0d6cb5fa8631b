"""Who we are to the platform of recharge cards: `recharge_card.toml`, readable by the service alone. Its key is in no database or log."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

_KEY_BYTES = 32  # structural: as long as the hash that it keys


class BadSettings(ValueError):
    """The file is not what it should be."""


@dataclass(frozen=True)
class Dealer:
    """Who redeems, with which key, and where the platform is."""

    dealer: str
    key: bytes
    url: str


def read(folder: Path) -> Dealer | None:
    """The settings, None where no platform is known. Raises BadSettings."""
    file = folder / "recharge_card.toml"
    if not file.is_file():
        return None
    try:
        told = tomllib.loads(file.read_text())
        found = Dealer(str(told["dealer"]), str(told["key"]).encode(), str(told["url"]))
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise BadSettings(f"{file}: {why!r}") from why
    if len(found.key) < _KEY_BYTES:
        raise BadSettings(f"{file}: key has at least {_KEY_BYTES} characters")
    return found
