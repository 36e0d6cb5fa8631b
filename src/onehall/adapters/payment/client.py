"""One question, bounded in time and in bytes; an answer that the provider did not sign is none."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from onehall.adapters.payment.codec import authorization, is_theirs
from onehall.adapters.payment.settings import Merchant

_MOST_BYTES = 65_536
_OK = 300
_MALFORMED = 599  # structural: no provider answers this; it is treated as a server's trouble


def ask(
    client: httpx.Client, merchant: Merchant, method: str, path: str, told: Mapping[str, Any] | None, *, seconds: int, at: datetime
) -> tuple[int, Mapping[str, Any]]:  # fmt: skip
    """Status and body. Never raises: without an answer that can be believed it is 599, and nobody knows what happened."""
    body = "" if told is None else json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    said = authorization(merchant, method=method, path=path, body=body, at=at, nonce=secrets.token_hex(16))
    headers = {
        "authorization": said,
        "accept": "application/json",
        "content-type": "application/json",
        "user-agent": "OneHall/1",
    }
    try:
        with client.stream(
            method, merchant.url + path, content=body.encode(), headers=headers, timeout=float(seconds)
        ) as answer:
            return _believed(answer, merchant, at)
    except httpx.TimeoutException:
        return _MALFORMED, {"code": "TIMEOUT"}
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return _MALFORMED, {"code": "UNREACHABLE"}


def fetch(
    client: httpx.Client, merchant: Merchant, url: str, *, digest: str, most: int, seconds: int, at: datetime
) -> bytes | None:
    """A file of the provider's own host, bounded in bytes; None unless its SHA-1 is the one the provider signed. Never raises."""
    if not url.startswith(f"{merchant.url}/"):
        return None
    path = url.removeprefix(merchant.url)
    said = authorization(merchant, method="GET", path=path, body="", at=at, nonce=secrets.token_hex(16))
    heard = bytearray()
    try:
        with client.stream("GET", url, headers={"authorization": said}, timeout=float(seconds)) as answer:
            for chunk in answer.iter_raw(chunk_size=65_536):
                heard += chunk
                if len(heard) > most:
                    return None
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return None
    theirs = hashlib.sha1(heard).hexdigest()  # noqa: S324 - the provider's own choice; the digest itself came signed
    return bytes(heard) if answer.status_code < _OK and secrets.compare_digest(theirs, digest) else None


def _believed(answer: httpx.Response, merchant: Merchant, at: datetime) -> tuple[int, Mapping[str, Any]]:
    """What it says, if it is short enough and the provider signed it."""
    heard = b""
    for chunk in answer.iter_raw(chunk_size=4096):
        heard += chunk
        if len(heard) > _MOST_BYTES:
            return _MALFORMED, {}
    if not is_theirs(merchant.provider_key, merchant.provider_serial, answer.headers, heard, at=at):
        return _MALFORMED, {"code": "SIGNATURE"}
    parsed = json.loads(heard) if heard else {}
    return answer.status_code, parsed if isinstance(parsed, dict) else {}
