"""One attempt. Bounded whatever the receiver does: in time, in bytes, in where it can lead us (no redirect, no private network)."""

import asyncio
import ipaddress
import socket
import ssl
from urllib.parse import urlsplit

import httpx

from onehall.adapters.webhook.codec import body, headers
from onehall.foundation.webhooks.contracts import Answer, Letter
from onehall.foundation.webhooks.rules import may_reach

_MOST_BYTES = 4096
_PORTS = {"http": 80, "https": 443}
_LONGEST_WAIT_ASKED = 7


class _Forbidden(Exception):
    """Every address of the host is one that may not be reached."""


async def attempt(letter: Letter, trusted: ssl.SSLContext) -> Answer:
    """Never raises: a failure is a word. The whole, name look-up and body included, takes at most the letter's seconds."""
    try:
        async with asyncio.timeout(letter.seconds):
            return await _attempt(letter, trusted)
    except (TimeoutError, httpx.TimeoutException):
        return Answer(None, "timeout")
    except _Forbidden:
        return Answer(None, "forbidden_address")
    except socket.gaierror:
        return Answer(None, "no_address")
    except httpx.ConnectError as error:
        return Answer(None, "tls" if isinstance(_root(error), ssl.SSLError) else "refused")
    except (httpx.NetworkError, httpx.RemoteProtocolError):
        return Answer(None, "reset")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return Answer(None, "protocol")


async def _attempt(letter: Letter, trusted: ssl.SSLContext) -> Answer:
    """Connects to the very address that was judged, so that a name cannot lead elsewhere a moment later."""
    parts = urlsplit(letter.url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    address = await _address(host, port, letter.networks)
    url = httpx.URL(letter.url).copy_with(host=address)
    content = body(letter)
    told = {**headers(letter, content), "host": parts.netloc}
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=0)
    async with (
        httpx.AsyncClient(
            verify=trusted, trust_env=False, follow_redirects=False, limits=limits, timeout=letter.seconds
        ) as client,
        client.stream(
            "POST", url, content=content, headers=told, extensions={"sni_hostname": host}
        ) as answer,
    ):
        await _some(answer)
        return Answer(answer.status_code, "", _asked(answer.headers.get("retry-after", "")))


async def _address(host: str, port: int, networks: tuple[str, ...]) -> str:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]).split("%", 1)[0] for entry in found]
    for address in addresses:
        if may_reach(ipaddress.ip_address(address), networks):
            return address
    raise _Forbidden


async def _some(answer: httpx.Response) -> None:
    """Reads a little, so that an ordinary receiver is not cut off; what it says is kept nowhere."""
    read = 0
    async for chunk in answer.aiter_raw(chunk_size=1024):
        read += len(chunk)
        if read >= _MOST_BYTES:
            return


def _asked(value: str) -> int | None:
    """Retry-After in seconds; its other form, a date, is left to our own pauses."""
    return int(value) if value.isdecimal() and len(value) <= _LONGEST_WAIT_ASKED else None


def _root(error: BaseException) -> BaseException:
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return error
