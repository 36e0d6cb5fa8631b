"""The floor of everything transactional: PostgreSQL's own pgbench (TPC-B) on the same server."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from onehall.foundation.embedded import find

SCALE, CLIENTS, JOBS = 16, 16, 2


def program() -> Path:
    """pgbench of the newest PostgreSQL here. Raises SystemExit where no installation has it."""
    for binaries in find():
        if binaries.program("pgbench").exists():
            return binaries.program("pgbench")
    on_path = shutil.which("pgbench")
    if on_path is None:
        raise SystemExit("pgbench is missing: apt-get install postgresql, or postgresql-contrib")
    return Path(on_path)


def prepare(url: str) -> None:
    """pgbench's tables in the database of this URL."""
    _run(url, "--initialize", "--quiet", f"--scale={SCALE}")


def transactions_per_second(url: str, *, seconds: int = 30, clients: int = CLIENTS) -> float:
    """One run of `pgbench -s 16 -c CLIENTS -j 2 -M simple`."""
    said = _run(
        url, f"--client={clients}", f"--jobs={JOBS}", "--protocol=simple", f"--time={seconds}", "--no-vacuum"
    )
    found = re.search(r"tps = ([\d.]+)", said)
    assert found, said
    return float(found[1])


def _run(url: str, *arguments: str) -> str:
    parts = urlsplit(url)
    environment = {
        **os.environ,
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": parts.username or "",
        "PGPASSWORD": parts.password or "",
        "PGDATABASE": parts.path.lstrip("/"),
    }
    done = subprocess.run(
        [program(), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
