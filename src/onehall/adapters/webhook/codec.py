"""Body, headers and signature of a delivery: https://www.standardwebhooks.com, version 1."""

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from datetime import UTC

from onehall.foundation.webhooks.contracts import Letter

PREFIX = "whsec_"


def body(letter: Letter) -> bytes:
    """The same bytes at every attempt: what happened, when, where, and ids to ask for more with."""
    told = {
        "id": letter.event_id,
        "type": letter.topic,
        "timestamp": letter.happened_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "hall": letter.hall_id,
        "data": dict(letter.payload),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def headers(letter: Letter, content: bytes) -> dict[str, str]:
    """The id is the same at every attempt, the time and so the signature are not; every secret in force signs."""
    message, moment = f"msg_{letter.message_id.hex}", str(int(letter.at.timestamp()))
    return {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "OneHall-Webhooks/1",
        "webhook-id": message,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(
            signature(secret, message, moment, content) for secret in letter.secrets
        ),
    }


def signature(secret: str, message: str, moment: str, content: bytes) -> str:
    """v1, and the HMAC-SHA256 over id.timestamp.body under the bytes that the secret writes in base64."""
    key = b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{moment}.".encode() + content
    return "v1," + b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
