"""What outside services made of software have in common: a server on a free port of this machine, while a block runs."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


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
