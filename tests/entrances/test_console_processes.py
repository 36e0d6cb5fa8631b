"""A hall is started with one word, survives what it must, and leaves nothing running."""

import contextlib
import http.client
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest_server import HallServer, console, end, free_port, until_ready

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc"),
    pytest.mark.xdist_group("console"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A demo that was set up once, in a folder with a space and Chinese characters; every story starts it again."""
    folder = tmp_path_factory.mktemp("demo") / "大厅 hall"
    process = console("demo", f"--port={free_port()}", home=folder)
    until_ready(process)
    end(process)
    yield folder
    console("stop", home=folder).communicate(timeout=60)


@pytest.fixture(autouse=True)
def nothing_left(home: Path) -> Iterator[None]:
    """Whatever a story does to it, in the end nothing runs."""
    yield
    left = left_of(home)
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


def test_the_demo_is_repeated_on_its_data_and_ends_with_ctrl_c(home: Path) -> None:
    assert left_of(home) == []
    port = free_port()
    process = console("demo", f"--port={port}", home=home)
    said = until_ready(process)
    assert said[-1] == f"ready: http://127.0.0.1:{port}"
    assert "(0 applied)" in "".join(said)
    assert get(f"http://127.0.0.1:{port}", "/")[0] < 500

    again = console("demo", f"--port={free_port()}", home=home)
    told, _ = again.communicate(timeout=60)
    assert again.returncode == 1
    assert f"http://127.0.0.1:{port}" in told

    rest = end(process, signal.SIGINT)
    assert "李敏" in rest
    assert process.returncode == 0


def test_after_kill_9_of_the_supervisor_no_page_is_served_and_the_next_start_works(home: Path) -> None:
    port = free_port()
    process = console("demo", f"--port={port}", home=home)
    until_ready(process)
    process.kill()
    process.wait()
    assert eventually(lambda: {_command(pid) for pid in left_of(home)} == {"postgres"}), left_of(home)
    repeated = console("demo", f"--port={port}", home=home)
    until_ready(repeated)
    end(repeated)


def test_stop_ends_a_hall_that_runs_elsewhere(home: Path) -> None:
    process = console("demo", f"--port={free_port()}", home=home)
    until_ready(process)
    stop = console("stop", home=home)
    stop.communicate(timeout=60)
    assert stop.returncode == 0
    process.communicate(timeout=60)


def test_a_process_that_dies_is_started_again(home: Path) -> None:
    process = console("demo", f"--port={free_port()}", home=home)
    until_ready(process)
    first = _clocks(home)
    assert len(first) == 1
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: len(_clocks(home) - first) == 1)
    end(process)


@pytest.mark.rule("LED-03")
def test_no_worker_outlives_its_server_where_the_supervisor_cannot_end_it(home: Path) -> None:
    process = console("demo", f"--port={free_port()}", home=home)
    until_ready(process)
    process.send_signal(signal.SIGSTOP)
    for pid in _with_role(home, b"pages") | _with_role(home, b"live"):
        os.kill(pid, signal.SIGKILL)
    process.kill()
    process.wait()
    assert eventually(lambda: {_command(pid) for pid in left_of(home)} == {"postgres"}), left_of(home)
    console("stop", home=home).communicate(timeout=60)


@pytest.mark.rule("LED-03")
def test_the_embedded_database_is_started_again_under_a_running_hall(home: Path) -> None:
    port = free_port()
    process = console("demo", f"--port={port}", home=home)
    until_ready(process)
    file = home / "postgres" / "data" / "postmaster.pid"
    first = int(file.read_text().splitlines()[0])
    os.kill(first, signal.SIGKILL)

    def served_again() -> bool:
        with contextlib.suppress(OSError, ValueError, IndexError):  # on the way down, and half written
            again = int(file.read_text().splitlines()[0]) != first
            return again and get(f"http://127.0.0.1:{port}", "/sign-in")[0] == 200
        return False

    assert eventually(served_again)
    end(process)


def test_interrupted_while_it_sets_up_it_stops_what_it_had_started(home: Path) -> None:
    process = console("demo", f"--port={free_port()}", home=home)
    assert process.stdout is not None
    assert any("the database is up" in line for line in process.stdout)
    end(process)
    assert process.returncode == 130


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
