"""What the RADIUS server is made from, and how long is kept what it tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ServerClient:
    """An access device that the server answers, with the secret it shares with it."""

    id: int
    name: str
    kind: str
    address: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """All that the server is made from. `chap` holds clear passwords by account, where an access device needs them;
    `silent_seconds` is after how long a session that nobody tells of keeps nobody out; `zone` is the hall's."""

    clients: tuple[ServerClient, ...]
    chap: Mapping[str, str] = field(repr=False)
    interim_seconds: int
    silent_seconds: int
    slow_pap: bool
    zone: str


@dataclass(frozen=True, slots=True)
class ServerDatabase:
    """Where the server asks, as a role of its own."""

    host: str
    port: int
    name: str
    role: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """Where the server listens and keeps its things; accounting is heard on the port after `port`."""

    folder: Path
    address: str
    port: int


class ServerChange(Enum):
    """What differed when the configuration was written: clear passwords are read again without a restart."""

    NOTHING = "nothing"
    PASSWORDS = "passwords"
    CONFIGURATION = "configuration"


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many whole months are kept beside the running one."""

    sessions_months: int
    usage_months: int
    answers_months: int
