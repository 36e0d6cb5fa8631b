"""A light HTTP client for benchmarks: blocking sockets, one thread a connection, about 50 µs of processor a request.

It stands beside the server on the same two cores, so its own cost counts against us, never for us.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial


@dataclass
class Tally:
    """Latencies in seconds of the requests that were answered as expected, and the answers that were not."""

    latencies: list[float] = field(default_factory=list)
    wrong: list[bytes] = field(default_factory=list)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.latencies) / self.elapsed if self.elapsed else 0.0

    def percentile(self, share: float) -> float:
        """Latency below which `share` of the answers lie, in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


class Connection:
    """One keep-alive connection."""

    def __init__(self, host: str, port: int) -> None:
        self.address = (host, port)
        self.socket: socket.socket | None = None
        self.rest = b""

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Sends a request, returns status and body; reconnects when the server closed the connection."""
        if self.socket is None:
            self.socket = socket.create_connection(self.address, timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.rest = b""
        self.socket.sendall(request)
        data = self.rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, data = data[:end], data[end + 4 :]
        status = int(head[9:12])
        length = _header(head, b"content-length")
        while len(data) < length:
            data += self._more()
        self.rest = data[length:]
        if b"connection: close" in head.lower():
            self.socket.close()
            self.socket = None
        return status, data[:length]

    def _more(self) -> bytes:
        assert self.socket is not None
        chunk = self.socket.recv(65536)
        if not chunk:
            self.socket = None
            raise ConnectionError("the server closed the connection")
        return chunk


def _header(head: bytes, name: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return int(value)
    return 0


def closed_loop(
    host: str, port: int, queues: list[Iterator[bytes]], *, seconds: float, good: Callable[[int, bytes], bool]
) -> Tally:
    """Each queue on its own connection, the next request as soon as the last is answered."""
    tally, lock = Tally(), threading.Lock()
    stop = time.perf_counter() + seconds

    def drive(requests: Iterator[bytes]) -> None:
        connection, latencies, wrong = Connection(host, port), [], []
        for request in requests:
            begun = time.perf_counter()
            if begun >= stop:
                break
            status, body = connection.ask(request)
            if good(status, body):
                latencies.append(time.perf_counter() - begun)
            else:
                wrong.append(b"%d " % status + body[:300])
        with lock:
            tally.latencies += latencies
            tally.wrong += wrong

    begun = time.perf_counter()
    _run([partial(drive, queue) for queue in queues])
    tally.elapsed = time.perf_counter() - begun
    return tally


def open_loop(
    host: str,
    port: int,
    queues: list[Iterator[bytes]],
    *,
    rate: float,
    seconds: float,
    good: Callable[[int, bytes], bool],
) -> Tally:
    """Requests leave at fixed times whether or not earlier ones were answered; waiting in line counts as latency."""
    tally, lock = Tally(), threading.Lock()
    begun = time.perf_counter() + 0.2
    total = int(rate * seconds)

    def drive(number: int, requests: Iterator[bytes]) -> None:
        connection, latencies, wrong = Connection(host, port), [], []
        for turn in range(number, total, len(queues)):
            due = begun + turn / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            request = next(requests, None)
            if request is None:
                break
            status, body = connection.ask(request)
            if good(status, body):
                latencies.append(time.perf_counter() - due)
            else:
                wrong.append(b"%d " % status + body[:300])
        with lock:
            tally.latencies += latencies
            tally.wrong += wrong

    _run([partial(drive, number, queue) for number, queue in enumerate(queues)])
    tally.elapsed = time.perf_counter() - begun
    return tally


def _run(tasks: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
