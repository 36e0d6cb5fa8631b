"""A gateway made of software: it checks signatures, knows messages again, keeps what it sent, and can misbehave on purpose."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler

from onehall.foundation.simulation import SimulatedService


@dataclass
class Manners:
    """How it behaves. `late` sends at once and answers after so many seconds; `doubled` sends everything twice, as some do;
    `forgetful` does not know a message again; `busy` and `refusing` answer 503 and 422."""

    late: float = 0.0
    doubled: bool = False
    forgetful: bool = False
    busy: bool = False
    refusing: bool = False


@dataclass
class Telephones(SimulatedService):
    """Use as a context manager; `inbox` holds (number, text) of every message that reached a telephone."""

    key: str = "between-us-two"
    manners: Manners = field(default_factory=Manners)
    inbox: list[tuple[str, str]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    """Ids of the messages in the order in which they were taken first."""
    asked: int = 0

    def __enter__(self) -> "Telephones":
        self._known: set[str] = set()
        self.url = self.serve(_Handler, phones=self) + "/messages"
        return self

    def heard(self, content: bytes, signature: str) -> tuple[int, dict[str, str]]:
        """What it does with a request, and what it answers."""
        self.asked += 1
        wanted = hmac.new(self.key.encode(), content, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(signature, wanted):
            return 401, {}
        if self.manners.busy:
            return 503, {}
        if self.manners.refusing:
            return 422, {}
        told = json.loads(content)
        with self.lock:
            if self.manners.forgetful or told["id"] not in self._known:
                times = 2 if self.manners.doubled else 1
                self.inbox.extend([(told["to"], told["text"])] * times)
                self._known.add(told["id"])
                self.taken.append(told["id"])
        time.sleep(self.manners.late)
        return 202, {"reference": f"g-{told['id'][:8]}"}

    def report(self, word: str, at: datetime, *ids: str, why: str = "") -> tuple[bytes, str]:
        """A signed delivery report about these messages, the last one taken where none is named: content and signature."""
        told = [
            {"id": one, "state": word, "at": at.isoformat(), "why": why} for one in ids or self.taken[-1:]
        ]
        content = json.dumps({"reports": told}).encode()
        return content, hmac.new(self.key.encode(), content, hashlib.sha256).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    phones: Telephones

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["content-length"]))
        status, told = self.phones.heard(content, self.headers.get("x-signature", ""))
        answer = json.dumps(told).encode()
        try:
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Telephones are not for logs."""
