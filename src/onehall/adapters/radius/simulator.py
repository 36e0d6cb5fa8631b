"""An access device made of software: it asks a RADIUS server, counts, ends sessions when their time is up, and obeys (or not).

It speaks the whole conversation: Access-Request, accounting start, interim and stop that are sent until they are answered,
Session-Timeout, Disconnect and CoA. For tests and for the demo.
"""

import queue
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from pyrad import packet

from onehall.adapters.radius import codec
from onehall.adapters.radius.device import (
    ADMIN,
    INTERIM,
    LOST,
    START,
    STOP,
    TIMEOUT,
    USER,
    Manners,
    Refused,
    Session,
    accounting,
    booted,
    chap_response,
    exchange,
)
from onehall.adapters.radius.kinds import kind

_TICK = 0.02
_ANSWER_WAIT = 1.0


@dataclass
class Nas:
    """Use as a context manager. `server` is (host, authentication port, accounting port); without one, sessions are `attach`ed."""

    secret: bytes
    address: str = "127.0.0.1"
    kind: str = "generic"
    server: tuple[str, int, int] | None = None
    coa_port: int = 0
    manners: Manners = field(default_factory=Manners)
    sessions: list[Session] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    """What it was told: ("cut" or "change", account)."""

    def __enter__(self) -> "Nas":
        self._stop = threading.Event()
        self._forget()
        self._accounts: queue.Queue[tuple[packet.AcctPacket, str]] = queue.Queue()
        self.reported: list[str] = []
        self._line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._line.bind((self.address, self.coa_port))
        self._line.settimeout(_TICK)
        self.coa_port = self._line.getsockname()[1]
        if self.server is not None:
            self._accounts.put((booted(self.secret, self.address), "on"))
        loops: Sequence[Callable[[], None]] = (self._listen, self._watch, self._report)
        self._threads = [threading.Thread(target=loop, daemon=True) for loop in loops]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Power off: what is on line is gone, and nobody is told."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=5)
        self._line.close()
        self._forget()

    def _forget(self) -> None:
        for session in self.sessions:
            session.cause = session.cause or LOST

    def of(self, account: str) -> Session | None:
        """The account's session that is on line."""
        return next((one for one in self.sessions if one.account == account and one.on_line), None)

    def connect(
        self, account: str, password: str, *, caller: str = "", chap: bool = False
    ) -> Session | Refused:
        """A customer's router dials in."""
        answer = self._ask(self._access_request(account, password, caller, chap))
        if answer is None or self._stop.is_set():
            return Refused("")
        if answer.code != packet.AccessAccept:
            return Refused(str(answer.get("Reply-Message", [""])[0]))
        timeout = answer.get("Session-Timeout", [None])[0]
        return self.attach(
            account, caller=caller, timeout=timeout, klass=answer.get("Class", [b""])[0],
            interim=float(answer.get("Acct-Interim-Interval", [0])[0]), attributes=self._speed_in(answer),
        )  # fmt: skip

    def attach(
        self, account: str, *, caller: str = "", timeout: float | None = None, klass: bytes = b"",
        interim: float = 0, attributes: dict[str, Any] | None = None,
    ) -> Session:  # fmt: skip
        """A session, however it was allowed."""
        now = time.monotonic()
        session = Session(
            secrets.token_hex(6), account, caller, now, None if timeout is None else now + timeout,
            attributes or {}, klass, interim,
        )  # fmt: skip
        self.sessions.append(session)
        self._account(session, START)
        return session

    def end(self, session: Session, cause: int = USER) -> None:
        """The session is over; the server is told until it answers."""
        if session.on_line:
            session.cause = cause
            self._account(session, STOP)

    def settled(self) -> bool:
        """Whether every accounting packet was answered."""
        return self._accounts.unfinished_tasks == 0

    def _access_request(self, account: str, password: str, caller: str, chap: bool) -> packet.AuthPacket:
        made = packet.AuthPacket(secret=self.secret, dict=codec.dictionary(), message_authenticator=True)
        made["User-Name"] = account
        made["NAS-IP-Address"] = self.address
        if caller:
            made["Calling-Station-Id"] = caller
        made.authenticator = made.CreateAuthenticator()
        if chap:
            made["CHAP-Challenge"] = secrets.token_bytes(16)
            made["CHAP-Password"] = chap_response(made["CHAP-Challenge"][0], password)
        else:
            made["User-Password"] = made.PwCrypt(password)
        return made

    def _ask(self, made: packet.AuthPacket) -> packet.Packet | None:
        assert self.server is not None  # noqa: S101 - a test's own mistake
        with self._socket() as line:
            return exchange(made, line, (self.server[0], self.server[1]))

    def _socket(self) -> socket.socket:
        line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        line.bind((self.address, 0))
        line.settimeout(_ANSWER_WAIT)
        return line

    def _account(self, session: Session, status: int) -> None:
        if self.server is None:
            return
        made = accounting(session, status, self.secret, self.address)
        session.reported = time.monotonic()
        self._accounts.put((made, f"{status}:{session.account}"))

    def _report(self) -> None:
        """Accounting in order, each packet until it is answered, as RFC 2866 section 2 wants it."""
        while not self._stop.is_set():
            try:
                made, word = self._accounts.get(timeout=_TICK)
            except queue.Empty:
                continue
            with self._socket() as line:
                while not self._stop.is_set():
                    server = self.server
                    if server and exchange(made, line, (server[0], server[2])) is not None:
                        break
            self.reported.append(word)
            self._accounts.task_done()

    def _watch(self) -> None:
        while not self._stop.wait(_TICK):
            now = time.monotonic()
            for session in [one for one in self.sessions if one.on_line]:
                if (
                    session.ends_at is not None
                    and now >= session.ends_at
                    and not self.manners.ignores_timeout
                ):
                    self.end(session, TIMEOUT)
                elif session.interim and now - session.reported >= session.interim:
                    self._account(session, INTERIM)

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                data, sender = self._line.recvfrom(4096)
            except TimeoutError:
                continue
            except OSError:
                return
            answer = self._heard(data)
            if answer is not None and not self.manners.silent:
                time.sleep(self.manners.slow)
                self._line.sendto(answer.ReplyPacket(), sender)

    def _heard(self, data: bytes) -> packet.Packet | None:
        """What it answers; nothing to what is not signed with its secret, as RFC 5176 section 3.5 wants it."""
        try:
            made = packet.CoAPacket(packet=data, secret=self.secret, dict=codec.dictionary())
            if not (
                made.VerifyCoARequest() and made.message_authenticator and made.verify_message_authenticator()
            ):
                return None
        except (packet.PacketError, ValueError):
            return None
        if self.manners.silent:
            return None
        cause = self._obey(made)
        answer = made.CreateReply()
        if cause:
            cut = made.code == packet.DisconnectRequest
            answer.code = packet.DisconnectNAK if cut else packet.CoANAK
            answer["Error-Cause"] = cause
        return answer

    def _obey(self, made: packet.CoAPacket) -> int:
        """Does what it is told; the error cause, 0 where it obeyed."""
        cut = made.code == packet.DisconnectRequest
        name, wanted = str(made["User-Name"][0]), made.get("Acct-Session-Id", [None])[0]
        self.told.append(("cut" if cut else "change", name))
        cause = self.manners.nak_disconnect if cut else self.manners.nak
        if cause:
            return cause
        session = next(
            (
                one
                for one in self.sessions
                if one.on_line and one.account == name and wanted in (None, one.id)
            ),
            None,
        )
        if session is None:
            return 503
        if not cut:
            self._change(session, made)
        elif not self.manners.deaf:
            self.end(session, ADMIN)
        return 0

    def _change(self, session: Session, made: packet.CoAPacket) -> None:
        if "Session-Timeout" in made:
            session.ends_at = time.monotonic() + made["Session-Timeout"][0]
        session.attributes |= self._speed_in(made)

    def _speed_in(self, made: packet.Packet) -> dict[str, Any]:
        names = [one.attribute for one in kind(self.kind).speed]
        return {name: made[name][0] for name in names if name in made}
