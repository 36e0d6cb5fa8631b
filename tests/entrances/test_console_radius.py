"""`onehall radius`: the server follows what the database holds, is handed over, and leaves nothing behind."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest_database import TestServer
from tests.conftest_server import console, end
from tests.radius import LOOPBACK, Answer, free_ports, radclient

pytestmark = [
    pytest.mark.parts("freeradius", "freeradius-utils"),
    pytest.mark.rule("NET-01"),
    pytest.mark.xdist_group("radius"),
]
SECRET = "between-the-hall-and-its-bras"


@pytest.fixture(scope="module")
def url(test_server: TestServer, hall_template: str) -> Iterator[str]:
    """A database with the profile for all stories here."""
    name = test_server.clone(hall_template)
    yield test_server.url(name)
    test_server.forget(name)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """One that the server's own user may pass through, as pytest's are not."""
    with tempfile.TemporaryDirectory(prefix="onehall-radius-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def onehall(*arguments: str, home: Path, url: str) -> str:
    process = console("radius", *arguments, home=home, database_url=url)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return said


def admit(address: str, home: Path, url: str, name: str, *more: str) -> str:
    file = home.parent / "secret"
    file.write_text(SECRET)
    return onehall("nas", "add", name, address, "--secret-file", str(file), *more, home=home, url=url)


def until(what: Callable[[], object], words: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, words
        time.sleep(0.1)


def asked(port: int) -> Answer:
    """The server keeps a refusal back for a second (reject_delay): the client must wait longer than that."""
    return radclient(LOOPBACK, port, SECRET, "auth", 'User-Name = "nobody"\nUser-Password = "x"', seconds=3)


def test_the_server_follows_the_devices_and_ends_with_us(url: str, home: Path) -> None:
    port = free_ports()
    process = console(
        "radius", "run", "--address", LOOPBACK, "--port", str(port), home=home, database_url=url
    )
    try:
        file = home / "radius" / "running.json"
        until(file.exists, "it says where it listens")
        assert asked(port).code == "", "a device that is not admitted is not answered"
        admit(LOOPBACK, home, url, "馨苑机房")
        until(lambda: asked(port).code == "Access-Reject", "the new device is answered without a hand")
        first = freeradius_of(process.pid)
        os.kill(first, 9)
        until(lambda: asked(port).code == "Access-Reject", "it is back by itself")
        last = freeradius_of(process.pid)
        listed = onehall("nas", "list", home=home, url=url)
        (number,) = re.findall(r"● (\d+)  馨苑机房", listed)
        onehall("nas", "retire", number, home=home, url=url)
        until(lambda: asked(port).code == "", "a retired device is answered no more")
        assert SECRET not in listed
    finally:
        said = end(process)
    assert process.returncode == 0, said
    assert not Path(f"/proc/{last}").exists() and not list(
        Path("/dev/shm").glob(f"onehall-radius-{process.pid}-*")
    )


def freeradius_of(pid: int) -> int:
    found = subprocess.run(
        ["pgrep", "-P", str(pid), "freeradius"], capture_output=True, text=True, check=False
    )
    return int(found.stdout.split()[0])


def test_a_configuration_is_checked_and_handed_to_a_system_service(
    url: str, home: Path, open_folder: Path
) -> None:
    made = admit("10.0.0.7", home, url, "二号机房", "--kind", "huawei")
    assert SECRET not in made
    assert "1 access devices" in onehall("check", home=home, url=url)
    out = open_folder / "handed"
    said = onehall("config", "--out", str(out), "--port", "21812", home=home, url=url)
    assert f"ExecStart=/usr/sbin/freeradius -d {out}" in said
    assert out.stat().st_mode & 0o077 == 0 and (out / "clients.conf").stat().st_mode & 0o077 == 0
    assert SECRET in (out / "clients.conf").read_text()
    authority = (home / "radius" / "certificates" / "ca.pem").read_text()
    assert (out / "certs" / "ca.pem").read_text() == authority
    onehall("config", "--out", str(out), home=home, url=url)
    assert (out / "certs" / "ca.pem").read_text() == authority, "customers' devices go on trusting it"
    assert SECRET not in said
