"""The request: JSON, signed with the key shared with the gateway. The answer: what its status means. Reports come signed, too."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from onehall.foundation.notices.contracts import (
    Answer,
    Message,
    Outcome,
    Report,
    ReportUnreadable,
    ReportUnsigned,
    Word,
)

_OK = (200, 300)
_LATER = frozenset({408, 425, 429})
"""Statuses below 500 that say: not now (RFC 9110, RFC 6585, RFC 8470)."""
_SERVER = 500
_LONGEST = 80


def body(message: Message) -> bytes:
    """The same bytes at every attempt."""
    told = {"id": str(message.id), "to": message.to, "text": message.text}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def headers(message: Message, content: bytes, key: str) -> dict[str, str]:
    """`Idempotency-Key` tells a gateway that it knows this message."""
    return {
        "content-type": "application/json; charset=utf-8",
        "idempotency-key": str(message.id),
        "x-signature": signature(content, key),
    }


def signature(content: bytes, key: str) -> str:
    """HMAC-SHA256 over the bytes as they are sent."""
    return hmac.new(key.encode(), content, hashlib.sha256).hexdigest()


def reports(content: bytes, signed: str, key: str) -> tuple[Report, ...]:
    """`{"reports": [{"id", "state": "delivered" | "failed", "at", "why"}]}`: all or none of them. Without a key nobody is believed."""
    if not key or not hmac.compare_digest(signed, signature(content, key)):
        raise ReportUnsigned()
    try:
        return tuple(_report(one) for one in json.loads(content)["reports"])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ReportUnreadable(what=type(fault).__name__) from None


def _report(told: dict[str, Any]) -> Report:
    at = datetime.fromisoformat(told["at"])
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return Report(UUID(told["id"]), Word(told["state"]), at, str(told.get("why", "")))


def meaning(status: int, content: bytes) -> Answer:
    """2xx: taken. 408, 425, 429 and 5xx: later. Anything else will not be taken however often it is asked."""
    if _OK[0] <= status < _OK[1]:
        return Answer(Outcome.SENT, _reference(content))
    if status in _LATER or status >= _SERVER:
        return Answer(Outcome.UNCLEAR, why=str(status))
    return Answer(Outcome.REFUSED, why=str(status))


def _reference(content: bytes) -> str:
    try:
        told = json.loads(content)
    except ValueError:
        return ""
    return str(told.get("reference", ""))[:_LONGEST] if isinstance(told, dict) else ""
