"""The request: JSON in fen, signed with the key shared with the gateway. The answer: a number of 20 digits, or why not."""

import hashlib
import hmac
import json
import re
from datetime import datetime
from typing import Any

from onehall.contexts.invoicing.ports import Answer, InvoiceLine, Said, Wanted

_NUMBER = re.compile(r"[0-9]{20}")
_LATER = frozenset({"quota_used_up", "closed"})
"""Reasons of the tax side that pass: it is asked again."""
_OK, _UNPROCESSABLE = 200, 422
_LONGEST = 160


def body(wanted: Wanted) -> bytes:
    """The same bytes at every attempt. A red invoice names the number of its blue one."""
    one = wanted.invoice
    told: dict[str, Any] = {
        "serial": one.serial, "seller": wanted.seller, "red_of": wanted.red_of, "amount_fen": one.amount.fen,
        "buyer": {"title": one.buyer.title, "tax_no": one.buyer.tax_no, "mail": one.buyer.mail},
        "lines": [_line(line) for line in one.lines],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _line(line: InvoiceLine) -> dict[str, Any]:
    return {
        "name": line.name.zh, "quantity": line.quantity, "amount_fen": line.amount.fen, "category": line.category,
        "rate": line.rate, "tax_fen": line.tax.fen,
    }  # fmt: skip


def headers(wanted: Wanted, content: bytes, key: str) -> dict[str, str]:
    """`Idempotency-Key` tells the gateway that it knows this invoice."""
    return {
        "content-type": "application/json; charset=utf-8", "idempotency-key": wanted.invoice.serial,
        "x-signature": signature(content, key),
    }  # fmt: skip


def signature(content: bytes, key: str) -> str:
    """HMAC-SHA256 over the bytes as they are sent."""
    return hmac.new(key.encode(), content, hashlib.sha256).hexdigest()


def meaning(status: int, content: bytes, signed: str, *, serial: str, key: str) -> Answer:
    """Only a signed answer about this very serial is believed: 200 issued, 422 refused unless the reason passes; else later."""
    if status not in (_OK, _UNPROCESSABLE):
        return Answer(Said.UNKNOWN, why=str(status))
    if not key or not hmac.compare_digest(signed, signature(content, key)):
        return Answer(Said.UNKNOWN, why="signature")
    try:
        told = json.loads(content)
        if told["serial"] != serial:
            return Answer(Said.UNKNOWN, why="another serial")
        if status == _UNPROCESSABLE:
            said = Said.UNKNOWN if told["reason"] in _LATER else Said.REFUSED
            return Answer(said, why=str(told.get("words") or told["reason"])[:_LONGEST])
        issued_at = datetime.fromisoformat(told["issued_at"])
        if not _NUMBER.fullmatch(told["number"]) or issued_at.utcoffset() is None:
            return Answer(Said.UNKNOWN, why="unreadable")
        return Answer(Said.ISSUED, told["number"], issued_at)
    except (ValueError, KeyError, TypeError):
        return Answer(Said.UNKNOWN, why="unreadable")
