"""The access devices that provisioning's port asks for. Settings: `PLUGS["network"] = "onehall.adapters.radius.plug.access_devices"`."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from onehall.adapters.radius import client, codec
from onehall.adapters.radius.kinds import kind
from onehall.contexts.provisioning.ports import Device, LiveLine, NetworkElement, Order, Told, Verdict

_AT_ONCE = 4


class AccessDevices:
    """RFC 5176 over UDP. Each device has a few threads of its own that wait for it: one that is dead delays no other.

    What was waiting when a device fell silent is not sent into the silence: it is silent for them too.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: dict[str, ThreadPoolExecutor] = {}
        self._silent: dict[str, float] = {}

    def live(self, kind_code: str) -> frozenset[str]:
        """See `provisioning.ports.NetworkElement`."""
        return kind(kind_code).live

    def tell(
        self, *, device: Device, line: LiveLine, order: Order, seconds: float, at: datetime
    ) -> "Future[Told]":
        """See `provisioning.ports.NetworkElement`."""
        with self._lock:
            threads = self._threads.get(device.address)
            if threads is None:
                threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix=f"radius-{device.address}")
                self._threads[device.address] = threads
        return threads.submit(self._tell, device, line, order, seconds, at, time.monotonic())

    def _tell(
        self, device: Device, line: LiveLine, order: Order, seconds: float, at: datetime, asked: float
    ) -> Told:
        if self._silent.get(device.address, 0) > asked:
            return Told(Verdict.SILENT, "silent")
        try:
            made = codec.request(device_kind=device.kind, secret=device.secret, line=line, order=order, at=at)
        except ValueError:
            return Told(Verdict.REFUSED, "nak_407")
        told = client.send(made, address=device.address, port=device.port, order=order, seconds=seconds)
        if told.verdict is Verdict.SILENT:
            self._silent[device.address] = time.monotonic()
        return told


def access_devices() -> NetworkElement:
    """The plug."""
    return AccessDevices()
