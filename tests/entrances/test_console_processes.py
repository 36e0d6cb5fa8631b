"""A hall is started with one word, survives what it must, and leaves nothing running."""

import contextlib
import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest_server import HallServer, console, end, free_port, until_ready

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc"),
    pytest.mark.xdist_group("console"),
]


@dataclass
class Demo:
    """A demo in a folder with a space and Chinese characters. It runs on from story to story until one ends it."""

    home: Path
    port: int = 0
    process: "subprocess.Popen[str] | None" = None
    said: list[str] = field(default_factory=list)

    def run(self) -> "subprocess.Popen[str]":
        """Started where it does not run."""
        if self.process is None or self.process.poll() is not None:
            self.port = self.port or free_port()
            self.process = console("demo", f"--port={self.port}", home=self.home)
            self.said = until_ready(self.process)
        return self.process


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    hall = Demo(tmp_path_factory.mktemp("demo") / "大厅 hall")
    yield hall
    console("stop", home=hall.home).communicate(timeout=60)
    left = left_of(hall.home)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []


def left_of(home: Path) -> list[int]:
    """Living processes that were started for this folder: they carry it in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            inherited = f"ONEHALL_HOME={home}".encode() in (folder / "environ").read_bytes().split(b"\0")
            alive = (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
        except OSError:
            continue
        if inherited and alive:
            found.append(int(folder.name))
    return found


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def get(url: str, path: str) -> tuple[int, dict[str, str], bytes]:
    host = url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=20)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "identity"})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.rule("LED-03")
def test_a_process_that_dies_is_started_again(demo: Demo) -> None:
    demo.run()
    first = _clocks(demo.home)
    assert len(first) == 1
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: len(_clocks(demo.home) - first) == 1)


@pytest.mark.rule("LED-03")
def test_the_embedded_database_is_started_again_under_a_running_hall(demo: Demo) -> None:
    demo.run()
    file = demo.home / "postgres" / "data" / "postmaster.pid"
    first = int(file.read_text().splitlines()[0])
    os.kill(first, signal.SIGKILL)

    def served_again() -> bool:
        with contextlib.suppress(OSError, ValueError, IndexError):  # on the way down, and half written
            again = int(file.read_text().splitlines()[0]) != first
            return again and get(f"http://127.0.0.1:{demo.port}", "/sign-in")[0] == 200
        return False

    assert eventually(served_again)


def test_stop_ends_a_hall_that_runs_elsewhere(demo: Demo) -> None:
    process = demo.run()
    stop = console("stop", home=demo.home)
    stop.communicate(timeout=60)
    assert stop.returncode == 0
    process.communicate(timeout=60)
    assert left_of(demo.home) == []


def test_the_demo_is_repeated_on_its_data_and_ends_with_ctrl_c(demo: Demo) -> None:
    demo.run()
    end(demo.run(), signal.SIGINT)
    process = demo.run()
    assert demo.said[-1] == f"ready: http://127.0.0.1:{demo.port}"
    assert "(0 applied)" in "".join(demo.said)
    assert get(f"http://127.0.0.1:{demo.port}", "/")[0] < 500

    again = console("demo", f"--port={free_port()}", home=demo.home)
    told, _ = again.communicate(timeout=60)
    assert again.returncode == 1
    assert f"http://127.0.0.1:{demo.port}" in told

    rest = end(process, signal.SIGINT)
    assert "李敏" in rest
    assert process.returncode == 0
    assert left_of(demo.home) == []


@pytest.mark.rule("LED-03")
def test_after_kill_9_of_the_supervisor_no_page_is_served_and_the_next_start_works(demo: Demo) -> None:
    process = demo.run()
    process.kill()
    process.wait()
    assert eventually(lambda: {_command(pid) for pid in left_of(demo.home)} == {"postgres"}), left_of(
        demo.home
    )
    demo.run()


@pytest.mark.rule("LED-03")
def test_no_worker_outlives_its_server_where_the_supervisor_cannot_end_it(demo: Demo) -> None:
    process = demo.run()
    process.send_signal(signal.SIGSTOP)
    for pid in _with_role(demo.home, b"pages") | _with_role(demo.home, b"live"):
        os.kill(pid, signal.SIGKILL)
    process.kill()
    process.wait()
    assert eventually(lambda: {_command(pid) for pid in left_of(demo.home)} == {"postgres"}), left_of(
        demo.home
    )
    console("stop", home=demo.home).communicate(timeout=60)


def test_interrupted_while_it_sets_up_it_stops_what_it_had_started(demo: Demo) -> None:
    process = console("demo", f"--port={free_port()}", home=demo.home)
    assert process.stdout is not None
    assert any("the database is up" in line for line in process.stdout)
    end(process)
    assert process.returncode == 130
    assert left_of(demo.home) == []


def test_pages_static_files_and_live_updates_are_served(hall_server: HallServer) -> None:
    assert get(hall_server.url, "/")[0] < 500
    status, headers, body = get(hall_server.url, "/static/onehall/onehall.css")
    assert (status, headers["content-type"].split(";")[0]) == (200, "text/css")
    assert body
    assert get(hall_server.live_origin, "/live")[0] == 401
    assert get(hall_server.live_origin, "/live/health")[0] == 200


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return "postgres"


def _clocks(home: Path) -> set[int]:
    return _with_role(home, b"clock")


def _with_role(home: Path, role: bytes) -> set[int]:
    found = set()
    for pid in left_of(home):
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if role in arguments:
            found.add(pid)
    return found
