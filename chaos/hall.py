"""The hall under test: `onehall serve` on its embedded database in a temporary folder, kept up as systemd would keep it."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.served import free_port
from onehall.foundation.embedded import Server

ROOT = Path(__file__).resolve().parent.parent
CONSOLE = (sys.executable, "-m", "onehall.entrances.console.main")
READY_SECONDS = 120.0
_PAUSE_SECONDS = 0.5
_FROM_OUTSIDE = ("DATABASE_URL", "ONEHALL_SECRET", "ONEHALL_KEYS", "ONEHALL_HOME", "ONEHALL_ACQUIRERS")


class Hall:
    """Its folder, its address, and the process that serves it, started again whenever it has ended."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.acquirers = home / "acquirers"
        self.starts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._closing = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper")

    @property
    def server(self) -> Server:
        """Its database server."""
        return Server(self.home)

    @property
    def pid(self) -> int | None:
        """Of the supervising process, None while it is down."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def fill(self, *, baskets: int, homes: int, tills: int) -> dict[str, Any]:
        """Makes database, tills and customers; what the clerks need to know. Raises SystemExit where that fails."""
        told = self.home / "tills.json"
        done = self.run(
            "chaos.fill", str(told), f"--baskets={baskets}", f"--homes={homes}", f"--tills={tills}"
        )
        if done.returncode:
            raise SystemExit(f"the hall could not be made:\n{done.stderr[-3000:]}")
        line: dict[str, Any] = json.loads(told.read_text())
        return line

    def open(self) -> None:
        """Starts it and waits until it answers. Raises SystemExit."""
        self._keeper.start()
        if not self.answers_within(READY_SECONDS):
            raise SystemExit(f"the hall did not open:\n{self.log()[-3000:]}")

    def answers_within(self, seconds: float) -> bool:
        """Whether a page comes, tried again and again."""
        deadline = time.monotonic() + seconds
        while not self._answers():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.2)
        return True

    def close(self) -> int | None:
        """Ends it as an operator would; its exit code, None where it did not end in time and was killed."""
        self._closing.set()
        process = self._process
        code = None
        if process is not None:
            process.send_signal(signal.SIGTERM)
            try:
                code = process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._keeper.is_alive():
            self._keeper.join(30)
        return code

    def run(self, module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A module of this package on this folder."""
        return self._run(sys.executable, "-m", module, *arguments)

    def console(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """`onehall …` on this folder."""
        return self._run(*CONSOLE, *arguments)

    def _run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, env=self._environment(), cwd=ROOT, capture_output=True, text=True, check=False
        )

    def log(self) -> str:
        """What the supervising process said."""
        file = self.home / "serve.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def ours(self, pid: int) -> bool:
        """Whether this process, or who started it, was started for this folder: nothing else is ever killed.

        PostgreSQL's backends write their state where their environment was.
        """
        return self._marked(pid) or self._marked(parent(pid))

    def _marked(self, pid: int) -> bool:
        try:
            return f"ONEHALL_HOME={self.home}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(
                b"\0"
            )
        except OSError:
            return False

    def left(self) -> list[int]:
        """Living processes of this folder."""
        pids = [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
        return [pid for pid in pids if self.ours(pid) and _alive(pid)]

    def _keep(self) -> None:
        while not self._closing.is_set():
            with (self.home / "serve.log").open("ab") as log:
                self._process = subprocess.Popen(
                    [*CONSOLE, "serve", f"--port={self.port}"], env=self._environment(), cwd=ROOT,
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                )  # fmt: skip
            self.starts += 1
            self._process.wait()
            self._closing.wait(_PAUSE_SECONDS)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/sign-in")
            return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _environment(self) -> dict[str, str]:
        outer = {name: value for name, value in os.environ.items() if name not in _FROM_OUTSIDE}
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        return {**outer, "ONEHALL_HOME": str(self.home), "PYTHONPATH": path}


@contextmanager
def temporary_hall(*, keep: list[bool]) -> Iterator[Hall]:
    """A hall in a folder of its own; whatever happened, nothing of it runs afterwards, and the folder is gone unless
    somebody put True into `keep`."""
    hall = Hall(Path(tempfile.mkdtemp(prefix="onehall-chaos-")).resolve())
    try:
        yield hall
    finally:
        hall.close()
        if hall.server.exists():
            hall.server.stop()
        for pid in hall.left():
            os.kill(pid, signal.SIGKILL)
        if not any(keep):
            shutil.rmtree(hall.home, ignore_errors=True)


def parent(pid: int) -> int:
    """The process that started this one, 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False
