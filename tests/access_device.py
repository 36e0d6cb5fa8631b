"""A real access device and a real customer's device in network namespaces of their own: hostapd lets in who RADIUS accepts.

hostapd only authenticates; the port is enforced by a bridge that knows no address but those hostapd says are in. It needs root.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.radius import Tunnel

CUSTOMER = "02:00:00:00:00:01"
GATEWAY, HOME = "10.50.0.1", "10.50.0.9"
_TAG = f"oh{os.getpid() % 100_000}"
_SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


def possible() -> str:
    """Empty where namespaces can be made, else the reason."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    done = _run("ip", "netns", "add", f"{_TAG}try", check=False)
    _run("ip", "netns", "del", f"{_TAG}try", check=False)
    return "" if done.returncode == 0 else f"no network namespaces here: {done.stderr.strip()}"


def _run(*command: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PATH": _SBIN}
    )
    assert not check or done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
    return done


def until(what: Callable[[], bool], seconds: float, words: str) -> float:
    """Waits; how long it took."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds, f"not within {seconds} s: {words}"
        time.sleep(0.02)
    return time.monotonic() - began


class Access:
    """The namespaces `bng` (the device) and `cpe` (the customer); we sit at `host`, the device at `nas`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bng, self.cpe = folder, f"{_TAG}bng", f"{_TAG}cpe"
        self._outside, self._inside, self._port = f"{_TAG}m0", f"{_TAG}m1", f"{_TAG}a0"
        third = os.getpid() % 250
        self.host, self.nas = f"10.99.{third}.1", f"10.99.{third}.2"
        self._running: list[subprocess.Popen[bytes]] = []
        self._gate = threading.Thread(target=self._enforce, daemon=True)
        self._over = threading.Event()
        self.log: list[str] = []

    def build(self) -> None:
        bng, cpe = ("ip", "-n", self.bng), ("ip", "-n", self.cpe)
        _run("ip", "netns", "add", self.bng)
        _run("ip", "netns", "add", self.cpe)
        _run(
            "ip",
            "link",
            "add",
            self._port,
            "netns",
            self.bng,
            "type",
            "veth",
            "peer",
            "name",
            "eth0",
            "netns",
            self.cpe,
        )
        _run(
            "ip",
            "link",
            "add",
            self._outside,
            "type",
            "veth",
            "peer",
            "name",
            self._inside,
            "netns",
            self.bng,
        )
        _run("ip", "addr", "add", f"{self.host}/24", "dev", self._outside)
        _run("ip", "link", "set", self._outside, "up")
        for words in (
            f"addr add {self.nas}/24 dev {self._inside}", f"link set {self._inside} up", "link set lo up",
            "link add br0 type bridge", f"link set {self._port} master br0", f"addr add {GATEWAY}/24 dev br0",
            "link set br0 up", f"link set {self._port} up",
        ):  # fmt: skip
            _run(*bng, *words.split())
        for words in (
            f"link set eth0 address {CUSTOMER}",
            f"addr add {HOME}/24 dev eth0",
            "link set eth0 up",
        ):
            _run(*cpe, *words.split())
        _run("bridge", "-n", self.bng, "link", "set", "dev", self._port, "learning", "off", "locked", "on")

    def open_door(self, port: int, secret: str) -> None:
        """Starts hostapd, and the gate that follows what it says."""
        facts = {
            "interface": self._port, "driver": "wired", "ctrl_interface": f"{self.folder}/hostapd", "ieee8021x": "1",
            "eap_reauth_period": "0", "use_pae_group_addr": "1", "own_ip_addr": self.nas, "nas_identifier": "olt-1",
            "auth_server_addr": self.host, "auth_server_port": port, "auth_server_shared_secret": secret,
            "acct_server_addr": self.host, "acct_server_port": port + 1, "acct_server_shared_secret": secret,
            "radius_das_port": "3799", "radius_das_client": f"{self.host} {secret}", "radius_das_time_window": "300",
            "radius_das_require_event_timestamp": "0", "radius_retry_primary_interval": "1",
        }  # fmt: skip
        file = self.folder / "hostapd.conf"
        file.write_text("".join(f"{name}={value}\n" for name, value in facts.items()))
        self._start(self.bng, "hostapd", str(file))
        until((self.folder / "hostapd" / self._port).exists, 10, "hostapd runs")
        self._gate.start()

    def dial(self, tunnel: Tunnel, name: str, password: str, ca: Path) -> None:
        """The customer's device is switched on and signs in."""
        file = self.folder / "cpe.conf"
        control = f"ctrl_interface={self.folder}/cpe\n"
        file.write_text(control + tunnel.configuration(name, password, ca))
        self._start(self.cpe, "wpa_supplicant", "-i", "eth0", "-D", "wired", "-c", str(file))

    def dial_again(self) -> None:
        _run("wpa_cli", "-p", f"{self.folder}/cpe", "-i", "eth0", "reassociate")

    def power_cycle(self) -> None:
        """The customer's port goes down and up. hostapd holds off whom it refused for a minute (802.1X, quietPeriod), unless
        he was away."""
        _run("hostapd_cli", "-p", f"{self.folder}/hostapd", "-i", self._port, "disassociate", CUSTOMER)
        self.dial_again()

    def flows(self) -> bool:
        """Whether a ping goes through now."""
        ping = ("ping", "-n", "-c", "1", "-W", "0.3", GATEWAY)
        return _run("ip", "netns", "exec", self.cpe, *ping, check=False).returncode == 0

    def take_down(self) -> None:
        self._over.set()
        for process in self._running:
            process.terminate()
            process.wait(10)
        if self._gate.ident:
            self._gate.join(5)
        for name in (self.bng, self.cpe):
            _run("ip", "netns", "del", name, check=False)
        _run("ip", "link", "del", self._outside, check=False)

    def _start(self, namespace: str, *command: str) -> None:
        program = shutil.which(command[0], path=_SBIN) or command[0]
        with (self.folder / f"{command[0]}.log").open("wb") as log:
            self._running.append(
                subprocess.Popen(
                    ["ip", "netns", "exec", namespace, program, *command[1:]], stdout=log, stderr=log, env={**os.environ, "PATH": _SBIN}
                )
            )  # fmt: skip

    def _enforce(self) -> None:
        """Who hostapd says is in gets an entry in the bridge's table, and loses it when he is out."""
        mine = self.folder / "gate"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as control:
            control.bind(str(mine))
            control.connect(str(self.folder / "hostapd" / self._port))
            control.send(b"ATTACH")
            control.settimeout(0.2)
            while not self._over.is_set():
                with contextlib.suppress(TimeoutError):
                    words = control.recv(4096).decode().rpartition(">")[2].split()
                    self.log.append(" ".join(words))
                    if words[0] == "AP-STA-CONNECTED":
                        self._fdb("replace", words[1], "static")
                    elif words[0] == "AP-STA-DISCONNECTED":
                        self._fdb("del", words[1])

    def _fdb(self, act: str, address: str, *more: str) -> None:
        _run("bridge", "-n", self.bng, "fdb", act, address, "dev", self._port, "master", *more, check=False)


@contextmanager
def access(folder: Path) -> Iterator[Access]:
    built = Access(folder)
    try:
        built.build()
        yield built
    finally:
        built.take_down()
