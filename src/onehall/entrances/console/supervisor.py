"""Keeps the processes of a hall running until it is told to stop, and leaves none behind."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from onehall.entrances.console.words import complain
from onehall.foundation.refusals import Refusal

_READY_SECONDS = 180.0  # a small machine that is busy; a process that died is noticed at once
_STOP_SECONDS = 10.0
_TROUBLE_SECONDS = 10.0  # who dies younger than this may die of a fault in it: started again, but not at once
_LONGEST_PAUSE_SECONDS = 15.0
_TICK_SECONDS = 0.2
_LOG_BYTES = 10_000_000


class ProcessFailed(Refusal):
    """A process does not come up when the hall is started; its last words say why."""

    code = "console.process_failed"
    status = 503
    zh = "进程 {name} 无法运行，日志 {log} 的末尾：\n{tail}"
    en = "The process {name} does not run; the end of its log {log}:\n{tail}"


@dataclass(slots=True)
class Process:
    """One child with a session of its own, so that Ctrl-C in the terminal reaches the supervisor alone."""

    name: str
    arguments: tuple[str, ...]
    probe: tuple[str, int, str] | None = None  # host, port and path that answer once it serves
    child: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    tries: int = 0
    due: float = 0.0  # when it may be started again; 0 while it runs
    log: Path = field(default=Path())

    def start(self, logs: Path) -> None:
        """Starts it with its output in `logs`/name.log."""
        self.log = logs / f"{self.name}.log"
        with _open_log(self.log) as file:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "onehall.entrances.console.child", *self.arguments],
                stdin=subprocess.PIPE,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started, self.due = time.monotonic(), 0.0

    def end(self) -> None:
        """By force, with whatever it started."""
        if self.child is not None:
            _signal_group(self.child, signal.SIGKILL)
            self.child.wait()
            if self.child.stdin:
                self.child.stdin.close()
            self.child = None  # its number may be given to a stranger from now on

    def ended(self) -> bool:
        """Whether it runs no more."""
        return self.child is None or self.child.poll() is not None

    def answers(self) -> bool:
        """Whether it serves already."""
        if self.probe is None:
            return not self.ended()
        host, port, path = self.probe
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def failure(self) -> ProcessFailed:
        """The refusal that tells its last words."""
        return ProcessFailed(name=self.name, log=self.log, tail=_tail(self.log))


class Supervisor:
    """`start` starts all and waits until they answer, `watch` returns after SIGTERM, SIGINT or SIGHUP.

    `revive` looks after what all stand on: asked at every tick, it answers True where all must be started afresh.
    """

    def __init__(
        self, processes: list[Process], logs: Path, *, revive: Callable[[], bool] = lambda: False
    ) -> None:
        self._processes = processes
        self._logs = logs
        self._revive = revive
        self._stop = threading.Event()

    def start(self) -> None:
        """Starts all and waits until they answer. Raises ProcessFailed."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stop.set())
        self._logs.mkdir(parents=True, exist_ok=True)
        for process in self._processes:
            process.start(self._logs)
        deadline = time.monotonic() + _READY_SECONDS
        for process in self._processes:
            while not process.answers() and not self._stop.is_set():
                if process.ended() or self._revive() or time.monotonic() > deadline:
                    raise process.failure()
                self._stop.wait(0.05)

    def watch(self) -> None:
        """Restarts what dies, until it is told to stop: a hall comes back by itself, however often (LED-03)."""
        while not self._stop.wait(_TICK_SECONDS):
            if self._revive():
                for process in self._processes:
                    process.end()
            for process in self._processes:
                if process.ended():
                    self._restart(process)

    def stop(self) -> None:
        """Asks all to finish, waits, and ends by force what does not."""
        running = [process.child for process in self._processes if process.child is not None]
        for child in running:
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        for child in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            _signal_group(child, signal.SIGKILL)
            child.wait()
            if child.stdin:
                child.stdin.close()

    def _restart(self, process: Process) -> None:
        """At once where it lived well, after a growing pause where it keeps dying."""
        now = time.monotonic()
        if not process.due:
            process.end()
            process.tries = process.tries + 1 if now - process.started < _TROUBLE_SECONDS else 0
            process.due = now + min(_LONGEST_PAUSE_SECONDS, process.tries * process.tries * 0.2)
        if now >= process.due:
            complain(
                f"进程 {process.name} 意外结束，重新启动",
                f"process {process.name} ended unexpectedly, restarting",
            )
            process.start(self._logs)


def _signal_group(child: "subprocess.Popen[bytes]", number: int) -> None:
    """To the child and whatever it started; a group that is gone already is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def _open_log(log: Path) -> IO[bytes]:
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return log.open("ab")


def _tail(log: Path) -> str:
    try:
        return log.read_text(errors="replace")[-2000:]
    except OSError:
        return ""
