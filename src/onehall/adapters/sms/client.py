"""One attempt, bounded in time and in bytes."""

import httpx

from onehall.adapters.sms.codec import body, headers, meaning
from onehall.foundation.notices.contracts import Answer, Message, Outcome

SECONDS = 5.0
_MOST_BYTES = 4096


def attempt(client: httpx.Client, url: str, key: str, message: Message) -> Answer:
    """Never raises: a failure is a word. Without an answer nobody knows whether it left: it is asked again under its id."""
    content = body(message)
    try:
        with client.stream("POST", url, content=content, headers=headers(message, content, key)) as answer:
            told = b""
            for chunk in answer.iter_raw(chunk_size=1024):
                told += chunk
                if len(told) >= _MOST_BYTES:
                    break
            return meaning(answer.status_code, told)
    except httpx.TimeoutException:
        return Answer(Outcome.UNCLEAR, why="timeout")
    except httpx.ConnectError:
        return Answer(Outcome.UNCLEAR, why="refused")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return Answer(Outcome.UNCLEAR, why="reset")
