"""One question, bounded in time and in bytes; an answer that the gateway did not sign is none."""

from collections.abc import Mapping
from typing import Any

import httpx

from onehall.adapters.terminal.settings import Merchant
from onehall.foundation import signed_json

MOST_BYTES = 16 * 1024 * 1024  # structural: some 100,000 rows of a statement
_ANSWER = 16_384


def ask(
    client: httpx.Client, merchant: Merchant, what: str, told: Mapping[str, Any], *, seconds: int
) -> dict[str, Any]:
    """What the gateway says. Never raises: without an answer that can be believed nobody knows what happened."""
    heard, signature, trouble = _sent(client, merchant, what, told, seconds=seconds, most=_ANSWER)
    return signed_json.believed(merchant.key, heard, signature) if heard else {"message": trouble}


def fetch(client: httpx.Client, merchant: Merchant, day: str, *, seconds: int) -> bytes | None:
    """The statement of a day, as it was signed; None where it does not come. Never raises."""
    heard, signature, _ = _sent(client, merchant, "statement", {"day": day}, seconds=seconds, most=MOST_BYTES)
    return heard if heard and signed_json.is_theirs(merchant.key, heard, signature) else None


def _sent(
    client: httpx.Client, merchant: Merchant, what: str, told: Mapping[str, Any], *, seconds: int, most: int
) -> tuple[bytes, str, str]:
    """Body and signature of the answer, or why there is none."""
    sent = signed_json.body({"merchant": merchant.merchant, **told})
    headers = {
        signed_json.SIGNATURE: signed_json.sign(merchant.key, sent),
        "content-type": "application/json",
    }
    heard = bytearray()
    try:
        url = f"{merchant.url}/{what}"
        with client.stream("POST", url, content=sent, headers=headers, timeout=float(seconds)) as answer:
            for chunk in answer.iter_raw(chunk_size=65_536):
                heard += chunk
                if len(heard) > most:
                    return b"", "", "LENGTH"
            return bytes(heard), answer.headers.get(signed_json.SIGNATURE, ""), "ANSWER"
    except httpx.TimeoutException:
        return b"", "", "TIMEOUT"
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return b"", "", "UNREACHABLE"
