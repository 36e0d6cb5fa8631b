"""A receiver of webhooks that can be as bad as they come; what it heard stays in `heard`."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Heard:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Its address, what it heard, and the way it answers now."""

    url: str
    heard: list[Heard] = field(default_factory=list)
    manner: str = "ok"
    let_go: threading.Event = field(default_factory=threading.Event)

    def at(self, path: str) -> list[Heard]:
        return [one for one in self.heard if one.path == path]


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.receiver.heard.append(Heard(self.path, headers, body))
        manner = self.path.strip("/") or self.receiver.manner
        getattr(self, f"_{manner}", self._status)(manner)

    def _status(self, manner: str) -> None:
        status = int(manner) if manner.isdecimal() else 204
        self.send_response(status)
        if status == 302:
            self.send_header("location", "/redirected")
        if status == 429:
            self.send_header("retry-after", "900")
        self.end_headers()

    def _never(self, _: str) -> None:
        self.receiver.let_go.wait(200)
        self.close_connection = True

    def _drip(self, _: str) -> None:
        """A header byte every now and then, for ever."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
        while not self.receiver.let_go.wait(0.2):
            self.wfile.write(b"x")

    def _flood(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while not self.receiver.let_go.is_set():
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.receiver.heard.append(Heard("cut off", {}, b""))

    def _reset(self, _: str) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def _nonsense(self, _: str) -> None:
        self.wfile.write(b"\x00\xff not http at all\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:
        pass

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256  # seventy knock at one instant; the usual five would turn some away

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Listens on a free port of this machine. The path says the manner: /ok /500 /410 /302 /never /drip /flood /reset."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    made = Receiver(f"http://127.0.0.1:{server.server_address[1]}")
    handler.receiver = made  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.let_go.set()
        server.shutdown()
        server.server_close()
