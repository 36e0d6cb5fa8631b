"""A tax side made of software: it checks signatures and sums, knows serials again, and can misbehave on purpose."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from onehall.foundation.simulation import SimulatedService


@dataclass
class Manners:
    """`silent` issues and never answers, until told otherwise; `quota` is how many it still issues; `busy` answers 503;
    `wrong_titles` are refused; `garbled` signs with another key."""

    silent: bool = False
    busy: bool = False
    garbled: bool = False
    quota: int = 1_000_000
    wrong_titles: set[str] = field(default_factory=set)


@dataclass
class TaxOffice(SimulatedService):
    """Use as a context manager; `issued` holds what stands in its books, by serial, and `book` keeps it where one is given."""

    now: Callable[[], datetime]
    key: str = "between-us-and-tax"
    manners: Manners = field(default_factory=Manners)
    issued: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: int = 0
    book: Path | None = None

    def __enter__(self) -> "TaxOffice":
        if self.book and self.book.exists():
            self.issued |= json.loads(self.book.read_text())
        self.url = self.serve(_Handler, office=self) + "/invoices"
        return self

    def sign(self, content: bytes, key: str = "") -> str:
        """HMAC-SHA256 with the shared key."""
        return hmac.new((key or self.key).encode(), content, hashlib.sha256).hexdigest()

    def heard(self, content: bytes, signature: str) -> tuple[int, dict[str, Any]]:
        """What it does with a request, and what it answers."""
        self.asked += 1
        if not hmac.compare_digest(signature, self.sign(content)):
            return 401, {}
        if self.manners.busy:
            return 503, {}
        told = json.loads(content)
        with self.lock:
            known = self.issued.get(told["serial"])
            fault = None if known else self._fault(told)
            if fault:
                return 422, {"serial": told["serial"], "reason": fault[0], "words": fault[1]}
            if known is None:
                number = f"26{610000000000000000 + len(self.issued) + 1}"
                known = {**told, "number": number, "issued_at": self.now().isoformat()}
                self.issued[told["serial"]] = known
                self._keep()
        return 200, {name: known[name] for name in ("serial", "number", "issued_at")}

    def _keep(self) -> None:
        if self.book:
            aside = self.book.with_suffix(".aside")
            aside.write_text(json.dumps(self.issued, ensure_ascii=False))
            aside.replace(self.book)

    def _fault(self, told: dict[str, Any]) -> tuple[str, str] | None:
        blue = next((one for one in self.issued.values() if one["number"] == told["red_of"]), None)
        reds = sum(
            one["amount_fen"] for one in self.issued.values() if blue and one["red_of"] == blue["number"]
        )
        if told["buyer"]["title"] in self.manners.wrong_titles:
            return "title_wrong", "抬头与税号不符"
        if len(self.issued) >= self.manners.quota:
            return "quota_used_up", "开票额度已用完"
        if sum(line["amount_fen"] for line in told["lines"]) != told["amount_fen"]:
            return "sum_wrong", "合计不符"
        if (told["amount_fen"] < 0) != bool(blue) or (
            blue and blue["amount_fen"] + reds + told["amount_fen"] < 0
        ):
            return "red_wrong", "红字超过蓝字"
        return None


@contextmanager
def imitated(book: Path, *, clock: Callable[[], datetime]) -> Iterator[tuple[str, str]]:
    """The plug of a demo: address and key of a tax side that knows again what it issued before. Settings:
    `PLUGS["tax_office"] = "onehall.adapters.invoice.simulator.imitated"`."""
    with TaxOffice(clock, book=book) as office:
        yield office.url, office.key


class _Handler(BaseHTTPRequestHandler):
    office: TaxOffice

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["content-length"]))
        status, told = self.office.heard(content, self.headers.get("x-signature", ""))
        if self.office.manners.silent:
            self.office.gone.wait(1)
            self.close_connection = True
            return
        answer = json.dumps(told, ensure_ascii=False).encode()
        try:
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.send_header(
                "x-signature", self.office.sign(answer, "other" if self.office.manners.garbled else "")
            )
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Titles are not for logs."""
