"""A receipt printer made of software: it reads ESC/POS as one does, keeps what came out, and can misbehave on purpose."""

import socket
import threading
import time
from dataclasses import dataclass, field
from types import TracebackType

CUT = b"\x1d\x56"
FIXED = {b"\x1b\x40": 0, b"\x1c\x26": 0, b"\x1c\x2e": 0, b"\x1b\x64": 1, b"\x1b\x61": 1, b"\x1b\x45": 1, b"\x1b\x21": 1,
         b"\x1b\x4d": 1, b"\x1b\x2d": 1, b"\x1b\x74": 1, b"\x1b\x7b": 1, b"\x1d\x21": 1, b"\x1d\x42": 1, b"\x1d\x62": 1}  # fmt: skip
"""Parameter bytes after each command that has a fixed number of them."""


@dataclass
class Manners:
    """How the printer behaves. `dies_after` counts bytes of print data; `slow` is seconds before every answer."""

    paper: bool = True
    cover_open: bool = False
    silent: bool = False
    slow: float = 0.0
    dies_after: int | None = None
    loses_confirmation: bool = False


@dataclass
class Simulator:
    """Use as a context manager; `papers` holds the text of every slip that was cut off, `hanging` what was not."""

    manners: Manners = field(default_factory=Manners)
    papers: list[str] = field(default_factory=list)
    hanging: str = ""
    pictures: int = 0

    def __enter__(self) -> "Simulator":
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with line:
                try:
                    _Session(self, line).run()
                except OSError:
                    continue


class _Session:
    """One connection, read command by command."""

    def __init__(self, printer: Simulator, line: socket.socket) -> None:
        self._printer = printer
        self._line = line
        self._read = 0
        self._text = bytearray()

    def run(self) -> None:
        while True:
            byte = self._take(1)
            if not byte:
                return
            if byte in b"\x10\x1b\x1c\x1d":
                self._command(byte + self._take(1))
            else:
                self._text += byte
                self._printer.hanging = self._text.decode("gbk", "replace")

    def _take(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            limit = self._printer.manners.dies_after
            if limit is not None and self._read >= limit:
                self._die()
            part = self._line.recv(count - len(taken))
            if not part:
                return taken
            taken += part
            self._read += len(part)
        return taken

    def _die(self) -> None:
        self._line.close()
        raise ConnectionAbortedError

    def _command(self, command: bytes) -> None:
        if command == b"\x10\x04":
            self._real_time(self._take(1)[0])
        elif command == b"\x1d\x72":
            self._take(1)
            whole = not self._text
            if not (whole and self._printer.manners.loses_confirmation):
                self._answer(0)
        elif command == CUT:
            if self._take(1) in b"\x41\x42":
                self._take(1)
            self._printer.papers.append(self._text.decode("gbk", "replace"))
            self._text.clear()
            self._printer.hanging = ""
        elif command == b"\x1d\x76":
            self._picture()
        elif command == b"\x1d\x28":
            self._take(1)
            self._take(int.from_bytes(self._take(2), "little"))
        else:
            self._take(FIXED[command])

    def _picture(self) -> None:
        header = self._take(6)
        self._take(int.from_bytes(header[2:4], "little") * int.from_bytes(header[4:6], "little"))
        self._printer.pictures += 1

    def _real_time(self, question: int) -> None:
        self._read = 0
        manners = self._printer.manners
        if question == 2:
            self._answer(0x12 | (0x04 if manners.cover_open else 0))
        else:
            self._answer(0x12 | (0 if manners.paper else 0x60))

    def _answer(self, status: int) -> None:
        if self._printer.manners.silent:
            return
        time.sleep(self._printer.manners.slow)
        self._line.sendall(bytes([status]))
