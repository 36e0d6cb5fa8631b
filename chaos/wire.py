"""The line to the providers of payments: bytes from one port of this machine to another, until it is cut."""

import contextlib
import socket
import threading

_READ = 65_536


class Wire:
    """Carries connections to `target`. `cut` ends all of them at once: a question may have arrived and its answer be lost."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._up = threading.Event()
        self._up.set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, name="wire", daemon=True).start()

    def cut(self, seconds: float) -> int:
        """Everything under way is lost, nothing gets through for a while; how many connections were cut."""
        self._up.clear()
        threading.Timer(seconds, self._up.set).start()
        return self._drop()

    def close(self) -> None:
        """For good."""
        self._up.clear()
        self._listener.close()
        self._drop()

    def _drop(self) -> int:
        with self._lock:
            ends, self._ends = list(self._ends), set()
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        return len(ends) // 2

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._up.is_set():
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._ends |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), name="wire", daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while content := one.recv(_READ):
                other.sendall(content)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        with self._lock:
            self._ends -= {one, other}
