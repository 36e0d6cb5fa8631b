"""One question, bounded in time and in bytes; an answer that the gateway did not sign is none."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from onehall.adapters.alipay.bill import MOST_BYTES
from onehall.adapters.alipay.codec import believed, form
from onehall.adapters.alipay.settings import Merchant

_MOST_BYTES = 65_536


def ask(
    client: httpx.Client,
    merchant: Merchant,
    method: str,
    told: Mapping[str, Any],
    *,
    seconds: int,
    at: datetime,
) -> Mapping[str, Any]:
    """What the gateway says. Never raises: without an answer that can be believed it is empty, and nobody knows what happened."""
    try:
        with client.stream(
            "POST", merchant.url, data=form(merchant, method, told, at=at), timeout=float(seconds)
        ) as answer:
            heard = b""
            for chunk in answer.iter_raw(chunk_size=4096):
                heard += chunk
                if len(heard) > _MOST_BYTES:
                    return {}
            return believed(merchant, method, heard)
    except httpx.TimeoutException:
        return {"msg": "TIMEOUT"}
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return {"msg": "UNREACHABLE"}


def fetch(client: httpx.Client, url: str, *, seconds: int) -> bytes | None:
    """The file at an address that the gateway signed, bounded in bytes; None where it does not come. Never raises."""
    heard = bytearray()
    try:
        with client.stream("GET", url, timeout=float(seconds)) as answer:
            for chunk in answer.iter_raw(chunk_size=65_536):
                heard += chunk
                if len(heard) > MOST_BYTES:
                    return None
            return bytes(heard) if answer.status_code == httpx.codes.OK else None
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return None
