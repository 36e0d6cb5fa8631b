"""What outside services made of software have in common: a server on a free port of this machine, while a block runs."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from onehall.foundation import signed_json


class SimulatedService:
    """Base of a context manager whose `__enter__` calls `serve`. `lock` guards what it keeps; `gone` is set when the block ends."""

    lock: threading.Lock
    gone: threading.Event

    def serve(self, handler: type[BaseHTTPRequestHandler], **told: Any) -> str:
        """Answers from now on with `handler`, whose class attributes `told` are; the address without a path."""
        self.lock, self.gone = threading.Lock(), threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (handler,), told))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.gone.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


class SigningHandler(BaseHTTPRequestHandler):
    """Hands what is sent and its signature to `service.heard`, signs what it answers with `service.key`; where that is nothing,
    the one who asked waits `service.silence` seconds in vain."""

    service: Any
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        service, sent = self.service, self.rfile.read(int(self.headers["content-length"]))
        answer = service.heard(self.path.strip("/"), sent, self.headers.get(signed_json.SIGNATURE, ""))
        if not answer:
            service.gone.wait(service.silence)
            self.close_connection = True
            return
        try:
            self.send_response(200)
            self.send_header(signed_json.SIGNATURE, signed_json.sign(service.key, answer))
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Cards, secrets and sums are not for logs."""
