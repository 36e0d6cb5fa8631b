"""Live updates over server-sent events: a small ASGI application with one LISTEN connection to the database.

GET /live?ticket=…   the stream: event name = topic, data = hall and the payload's ids; `refresh` where events were missed
GET /live/health     200 while the database is listened to
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.http.request import validate_host

from onehall.foundation.outbox.hub import Hub, Listener, encode
from onehall.foundation.outbox.relay import CHANNEL
from onehall.foundation.outbox.tickets import Ticket, read_ticket

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_HEARTBEAT_SECONDS = 15.0
_SEND_SECONDS = 30.0
_RETRY_MILLISECONDS = 1000
_log = logging.getLogger(__name__)


class LiveUpdates:
    """`conninfo` names the database, `hosts` are those whose pages may read the stream (ALLOWED_HOSTS)."""

    def __init__(self, conninfo: str, hosts: Iterable[str]) -> None:
        self._conninfo = conninfo
        self._hosts = list(hosts)
        self._hub = Hub()
        self._listening = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            return
        headers = self._headers(dict(scope["headers"]).get(b"origin", b"").decode("latin-1"))
        path = scope["path"].rstrip("/")
        if path.endswith("/live/health"):
            await _answer(send, 200 if self._listening else 503, headers)
        elif not path.endswith("/live"):
            await _answer(send, 404, headers)
        elif scope["method"] != "GET":
            await _answer(send, 405, headers)
        else:
            query = parse_qs(scope["query_string"].decode("latin-1"))
            ticket = read_ticket(query.get("ticket", [""])[0], datetime.now(UTC))
            if ticket is None:
                await _answer(send, 401, headers)
            else:
                await self._stream(ticket, scope, receive, send, headers)

    async def _live(self, receive: Receive, send: Send) -> None:
        """From start to shutdown of the process the database is listened to."""
        await receive()
        task = asyncio.create_task(self._listen())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        task.cancel()
        self._hub.close_all()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await send({"type": "lifespan.shutdown.complete"})

    async def _listen(self) -> None:
        """Never gives up: the database may be restarted under a hall at work."""
        pause = 0.2
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
                async with connection:
                    await connection.execute(f"listen {CHANNEL}")
                    self._listening, pause = True, 0.2
                    self._hub.refresh_all()
                    async for notice in connection.notifies():
                        self._hub.tell(notice.payload)
            except psycopg.Error as error:
                _log.warning("live updates lost the database: %s", error)
            finally:
                self._listening = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    async def _stream(
        self, ticket: Ticket, scope: Message, receive: Receive, send: Send, headers: Headers
    ) -> None:
        listener = Listener(ticket.halls)
        self._hub.add(listener)
        gone = asyncio.create_task(_until_gone(receive, listener))
        try:
            headers += [(b"content-type", b"text/event-stream"), (b"x-accel-buffering", b"no")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            greeting = f"retry: {_RETRY_MILLISECONDS}\n\n".encode()
            if any(name == b"last-event-id" for name, _ in scope["headers"]):
                greeting += encode("refresh", {})
            await _send_chunk(send, greeting)
            while not listener.closed and (left := (ticket.expires - datetime.now(UTC)).total_seconds()) > 0:
                chunk = await listener.take(min(_HEARTBEAT_SECONDS, left))
                await _send_chunk(send, chunk or b": still here\n\n")
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (OSError, TimeoutError):
            _log.info("a screen was too slow and was let go")
        finally:
            self._hub.remove(listener)
            gone.cancel()

    def _headers(self, origin: str) -> Headers:
        """Pages of our own hosts may read, from whatever port; nobody else's may."""
        headers = [(b"cache-control", b"no-store"), (b"vary", b"origin")]
        if origin and validate_host(urlsplit(origin).hostname or "", self._hosts):
            headers.append((b"access-control-allow-origin", origin.encode("latin-1")))
        return headers


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.close()


async def _send_chunk(send: Send, chunk: bytes) -> None:
    await asyncio.wait_for(
        send({"type": "http.response.body", "body": chunk, "more_body": True}), _SEND_SECONDS
    )


async def _answer(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
