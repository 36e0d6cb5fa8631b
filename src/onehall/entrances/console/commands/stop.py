"""`onehall stop`: ends the hall that serves this folder, and an embedded database that was left behind."""

import argparse
import contextlib
import os
import signal
import time
from typing import Any

from onehall.entrances.console import hall, home
from onehall.entrances.console.words import both, complain, say
from onehall.foundation.embedded import Server, restore

_PATIENCE_SECONDS = 30.0


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("stop", help=both("停止正在运行的服务", "stop what runs"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when nothing runs any more, 1 when the hall did not end in time."""
    del arguments
    other = hall.running()
    if other and other.pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(other.pid, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while hall.running():
            if time.monotonic() > deadline:
                complain(f"进程 {other.pid} 没有结束", f"process {other.pid} did not end")
                return 1
            time.sleep(0.1)
    server = Server(home.path())
    if server.exists():
        server.stop()
    restore.abandon(home.path())
    say("没有服务在运行", "nothing runs")
    return 0
