"""One process of a running hall: `pages`, `live`, `clock`, `radius` or `town`. Started by the supervisor, it ends with it.

The supervisor holds the other end of our standard input. When that closes, however the supervisor ended, we end too.
"""

import argparse
import os
import runpy
import signal
import threading
from typing import Any

from granian.constants import Interfaces
from granian.server import Server as Granian

from onehall.entrances.console import worker
from onehall.foundation.telemetry.configuration import logging_config

BLOCKING_THREADS = (
    8  # a page waits for the database most of its time; times workers, this is the number of connections
)
_MODULES = {
    "clock": "onehall.entrances.jobs",
    "radius": "onehall.entrances.console.radius_process",
    "town": "onehall.entrances.console.town_process",
}


def main() -> None:
    """Serves until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("role", choices=("pages", "live", "clock", "radius", "town"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    chosen = parser.parse_args()
    os.environ["ONEHALL_PROCESS"] = chosen.role
    threading.Thread(target=_end_with_supervisor, daemon=True).start()
    os.environ[worker.VARIABLE] = str(os.getpid())
    if chosen.role in _MODULES:
        runpy.run_module(_MODULES[chosen.role], run_name="__main__")
    elif chosen.role == "live":
        _serve(
            "onehall.config.live:application", Interfaces.ASGI, chosen.host, chosen.port, workers=1, threads=1
        )
    else:
        workers = max(1, min(2, os.cpu_count() or 1))
        _serve(
            "onehall.config.wsgi:application",
            Interfaces.WSGI,
            chosen.host,
            chosen.port,
            workers=workers,
            threads=BLOCKING_THREADS,
        )


def _serve(target: str, interface: Interfaces, host: str, port: int, *, workers: int, threads: int) -> None:
    Granian(
        target,
        address=host,
        port=port,
        interface=interface,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_dictconfig=_logging(),
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


def _logging() -> dict[str, Any]:
    """As the settings have it for this process, which reads none."""
    return logging_config(
        process=os.environ["ONEHALL_PROCESS"],
        folder=os.environ.get("ONEHALL_LOGS", ""),
        zone=os.environ.get("ONEHALL_TIME_ZONE", "Asia/Shanghai"),
    )


def _end_with_supervisor() -> None:
    os.read(0, 1)  # nothing is ever written: it returns when the other end closes
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
