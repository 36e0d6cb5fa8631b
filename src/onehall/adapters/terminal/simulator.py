"""An acquirer's gateway with its terminals, made of software: it signs, keeps what was paid, and misbehaves as it is told.

What the card does is in the last two digits of the sum (`HABITS`), so that it can be played with by hand. What was paid is only
ever read from `paid`, never from what was answered.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from onehall.adapters.terminal.bill import COLUMNS, STAMP, ZONE
from onehall.foundation import signed_json
from onehall.foundation.simulation import SigningHandler, SimulatedService

HABITS = {
    91: "slow", 92: "silent", 93: "declined", 94: "hesitates", 95: "keeps", 96: "reversed", 97: "present_card",
}  # fmt: skip
"""By the sum's fen: approved after two questions; approved but no answer comes; declined; never held to the terminal; a refund is
refused; no answer, and the terminal reversed it by itself; the refund waits for the card."""
MERCHANT = "898440000000001"
_APPROVED_AFTER = 2
_RATE = Decimal("0.006")


@dataclass
class Sale:
    """What the acquirer knows of a number, or of a slip that has none."""

    number: str
    terminal: str
    fen: int
    state: str = "WAITING"
    reference: str = ""
    approval: str = ""
    paid_at: str = ""
    asked: int = 0
    refund: str = ""
    refunded_at: str = ""

    @property
    def habit(self) -> str:
        """How this card and terminal behave."""
        return HABITS.get(self.fen % 100, "")


@dataclass
class Line:
    """A row of the statement before it is written; `fen` below zero for money given back."""

    sale: Sale
    fen: int
    at: str
    reference: str
    fee: int


@dataclass
class Gateway(SimulatedService):
    """Use as a context manager; `write_settings` makes the folder that the plug reads. `clock` is what slips bear."""

    clock: Callable[[], datetime]
    silence: float = 1.5
    sales: dict[str, Sale] = field(default_factory=dict)
    spoil: Callable[[list[Line]], list[Line]] = field(default=lambda lines: lines)

    def __enter__(self) -> "Gateway":
        self.key = secrets.token_hex(32).encode()
        self.url = self.serve(SigningHandler, service=self)
        return self

    def write_settings(self, folder: Path, **terminals: str) -> None:
        """The merchant's folder, as an administrator would write it; terminals by counter, "3" of the hall xinyuan without any."""
        folder.mkdir(parents=True, exist_ok=True)
        at = terminals or {"xinyuan/3": "T0000003"}
        told = f'merchant = "{MERCHANT}"\nkey = "{self.key.decode()}"\nurl = "{self.url}"\n[terminals]\n'
        (folder / "card.toml").write_text(told + "".join(f'"{desk}" = "{no}"\n' for desk, no in at.items()))

    def by_hand(self, fen: int) -> Sale:
        """A terminal that is not connected charges a card; its slip is the answer's reference and approval."""
        with self.lock:
            sale = Sale("", "T0000009", fen)
            self._approve(sale)
            self.sales[f"hand {sale.reference}"] = sale
        return sale

    def give_back(self, sale: Sale) -> str:
        """The same terminal gives it back; the reference of the refund's slip."""
        with self.lock:
            sale.refund, sale.refunded_at = (
                secrets.choice("123") + f"{secrets.randbelow(10**11):011d}",
                self._now(),
            )
        return sale.refund

    def paid(self) -> dict[str, int]:
        """What cards paid and did not get back, in fen by number or slip."""
        return {
            name: one.fen
            for name, one in self.sales.items()
            if one.state == "APPROVED" and not one.refunded_at
        }

    def notice(self, number: str) -> tuple[dict[str, str], bytes]:
        """Headers and body of the notice about a number."""
        body = signed_json.body(self._told(self.sales[number]))
        return {signed_json.SIGNATURE: signed_json.sign(self.key, body)}, body

    def heard(self, what: str, sent: bytes, signature: str) -> bytes:
        """What it does with a question, and what it answers; nothing at all where it stays silent."""
        if not signed_json.is_theirs(self.key, sent, signature):
            return signed_json.body({"state": "BAD_SIGNATURE"})
        told = json.loads(sent)
        if what == "statement":
            return self.statement(date.fromisoformat(told["day"]))
        with self.lock:
            answer = getattr(self, f"_{what}")(told)
        return signed_json.body(answer) if answer else b""

    def statement(self, day: date) -> bytes:
        """The statement of a day, as `spoil` leaves it."""
        lines = []
        for one in self.sales.values():
            moments = ((one.paid_at, one.fen, one.reference), (one.refunded_at, -one.fen, one.refund))
            lines += [
                Line(one, fen, at, ref, _fee(fen)) for at, fen, ref in moments if at.startswith(f"{day}")
            ]
        return written(self.spoil(lines))

    def _sale(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.sales.setdefault(told["number"], Sale(told["number"], told["terminal"], told["fen"]))
        if one.state == "WAITING" and one.habit not in ("slow", "hesitates"):
            if one.habit == "declined":
                one.state = "DECLINED"
            elif one.habit == "reversed":
                one.state = "REVERSED"
            else:
                self._approve(one)
        return {} if one.habit in ("silent", "reversed") else self._told(one)

    def _query(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.sales.get(told["number"])
        if one is None:
            return {"number": told["number"], "state": "UNKNOWN_NUMBER"}
        one.asked += 1
        if one.habit == "slow" and one.asked >= _APPROVED_AFTER and one.state == "WAITING":
            self._approve(one)
        return self._told(one)

    def _cancel(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.sales.setdefault(told["number"], Sale(told["number"], "", 0, "CANCELLED"))
        if one.state == "WAITING":
            one.state = "CANCELLED"
        return self._told(one)

    def _refund(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.sales.get(told["number"])
        if one is None or one.state != "APPROVED" or one.habit == "keeps":
            return {"number": told["number"], "state": "REFUND_REFUSED", "message": "发卡行拒绝退货"}
        if one.habit == "present_card" and one.asked < _APPROVED_AFTER:
            one.asked += 1
            return {"number": one.number, "state": "WAITING", "message": "请出示原卡"}
        if not one.refund:
            one.refund, one.refunded_at = f"9{secrets.randbelow(10**11):011d}", self._now()
        return {"number": one.number, "state": "REFUNDED"}

    def _approve(self, one: Sale) -> None:
        one.state, one.paid_at = "APPROVED", self._now()
        one.reference, one.approval = f"{secrets.randbelow(10**12):012d}", f"{secrets.randbelow(10**6):06d}"

    def _now(self) -> str:
        return f"{self.clock().astimezone(ZONE):{STAMP}}"

    @staticmethod
    def _told(one: Sale) -> dict[str, Any]:
        told = {
            "number": one.number,
            "state": one.state,
            "fen": one.fen,
            "message": "余额不足" if one.state == "DECLINED" else "",
        }
        if one.state == "APPROVED":
            at = datetime.strptime(one.paid_at, STAMP).replace(tzinfo=ZONE)
            told |= {
                "reference": one.reference,
                "approval": one.approval,
                "card": "622848******1234",
                "paid_at": at.isoformat(),
            }
        return told


def written(lines: list[Line]) -> bytes:
    """As the acquirer hands it out."""
    text = [f"#商户号：{MERCHANT}", ",".join(COLUMNS)]
    for line in lines:
        back = line.fen < 0
        first = (line.sale.paid_at[:10], line.sale.reference) if back else ("", "")
        text.append(",".join((
            line.sale.terminal, line.at, "退货" if back else "消费", "622848******1234", line.reference, *first, line.sale.number,
            _yuan(abs(line.fen)), _yuan(line.fee),
        )))  # fmt: skip
    came, given = [one.fen for one in lines if one.fen > 0], [-one.fen for one in lines if one.fen < 0]
    text.append(f"#合计：消费{len(came)}笔{_yuan(sum(came))}元，退回{len(given)}笔{_yuan(sum(given))}元")
    return "\r\n".join(text).encode("gb18030")


def _fee(fen: int) -> int:
    return int((Decimal(fen) * _RATE).to_integral_value(ROUND_HALF_UP))


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"
