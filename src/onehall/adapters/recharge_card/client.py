"""One question to the platform, bounded in time and bytes; an answer that it did not sign is none."""

from collections.abc import Mapping
from typing import Any

import httpx

from onehall.adapters.recharge_card.settings import Dealer
from onehall.foundation import signed_json

_MOST_BYTES = 16_384


def ask(
    client: httpx.Client, dealer: Dealer, what: str, told: Mapping[str, Any], *, seconds: int
) -> dict[str, Any]:
    """What the platform says. Never raises: without an answer that can be believed nobody knows what happened."""
    sent = signed_json.body({"dealer": dealer.dealer, **told})
    headers = {signed_json.SIGNATURE: signed_json.sign(dealer.key, sent), "content-type": "application/json"}
    heard = bytearray()
    try:
        with client.stream(
            "POST", f"{dealer.url}/{what}", content=sent, headers=headers, timeout=float(seconds)
        ) as answer:
            for chunk in answer.iter_raw(chunk_size=_MOST_BYTES):
                heard += chunk
                if len(heard) > _MOST_BYTES:
                    return {"message": "LENGTH"}
            return signed_json.believed(
                dealer.key, bytes(heard), answer.headers.get(signed_json.SIGNATURE, "")
            )
    except httpx.TimeoutException:
        return {"message": "TIMEOUT"}
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return {"message": "UNREACHABLE"}
