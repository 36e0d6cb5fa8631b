"""One line of the doctor's report."""

import enum
from dataclasses import dataclass


class State(enum.Enum):
    """`NOTE` is worth knowing; only `MISSING` keeps a hall from being served, or will soon."""

    WELL = "well"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, with the command or setting that mends it."""

    state: State
    zh: str
    en: str
    remedy: str = ""


def well(zh: str, en: str) -> Finding:
    """As it should be."""
    return Finding(State.WELL, zh, en)


def note(zh: str, en: str, remedy: str = "") -> Finding:
    """Worth knowing."""
    return Finding(State.NOTE, zh, en, remedy)


def missing(zh: str, en: str, remedy: str) -> Finding:
    """To be mended."""
    return Finding(State.MISSING, zh, en, remedy)
