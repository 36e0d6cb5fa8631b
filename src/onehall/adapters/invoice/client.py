"""One question, bounded in time and in bytes."""

import httpx

from onehall.adapters.invoice.codec import body, headers, meaning
from onehall.contexts.invoicing.ports import Answer, Said, Wanted

SECONDS = 10.0
_MOST_BYTES = 16_384


def attempt(client: httpx.Client, url: str, key: str, wanted: Wanted) -> Answer:
    """Never raises: a failure is a word. Without an answer nobody knows whether it was issued: it is asked again by its serial."""
    content = body(wanted)
    try:
        with client.stream("POST", url, content=content, headers=headers(wanted, content, key)) as answer:
            told = b""
            for chunk in answer.iter_raw(chunk_size=1024):
                told += chunk
                if len(told) >= _MOST_BYTES:
                    break
            signed = answer.headers.get("x-signature", "")
            return meaning(answer.status_code, told, signed, serial=wanted.invoice.serial, key=key)
    except httpx.TimeoutException:
        return Answer(Said.UNKNOWN, why="timeout")
    except httpx.ConnectError:
        return Answer(Said.UNKNOWN, why="refused")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return Answer(Said.UNKNOWN, why="reset")
