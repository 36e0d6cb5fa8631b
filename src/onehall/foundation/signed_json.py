"""JSON that two machines sign with a key they share: HMAC-SHA256 over the bytes as they are sent."""

import hmac
import json
from collections.abc import Mapping
from typing import Any

SIGNATURE = "X-Signature"
"""The header that bears it, in hexadecimal figures."""


def body(told: Mapping[str, Any]) -> bytes:
    """As it is sent and signed."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def sign(key: bytes, content: bytes) -> str:
    """HMAC-SHA256 in hexadecimal figures."""
    return hmac.digest(key, content, "sha256").hex()


def is_theirs(key: bytes, content: bytes, signature: str) -> bool:
    """Whether who signed this holds the key."""
    return signature.isascii() and hmac.compare_digest(sign(key, content), signature)


def believed(key: bytes, heard: bytes, signature: str) -> dict[str, Any]:
    """What was signed with the key; nothing where it was not, or cannot be read."""
    if not is_theirs(key, heard, signature):
        return {}
    try:
        told = json.loads(heard)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
