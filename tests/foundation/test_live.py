"""One entry, every open screen: from a committed row to the streams of all who may see it (WRK-11)."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.outbox.hub import Hub, Listener
from onehall.foundation.outbox.live import LiveUpdates
from onehall.foundation.outbox.relay import relay
from onehall.foundation.outbox.tickets import LIFETIME, issue_ticket
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId, UserId

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PATIENCE_SECONDS = 20


def clerk(hall: int, *, everywhere: bool = False) -> Actor:
    halls = None if everywhere else frozenset({HallId(hall)})
    return Actor(user_id=UserId(7), name="李敏", staff_no="0213", hall_id=HallId(hall), halls=halls)


class Screen:
    """A browser's end of the stream."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.text = ""
        self.ended = False
        self._gone = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.text += message["body"].decode()
            self.ended = not message["more_body"]

    def leave(self) -> None:
        self._gone.set()

    def events(self, topic: str) -> list[dict[str, Any]]:
        found = []
        for block in self.text.split("\n\n"):
            lines = dict(
                line.split(": ", 1) for line in block.splitlines() if ": " in line and line[0] != ":"
            )
            if lines.get("event") == topic:
                found.append(json.loads(lines["data"]))
        return found


def told(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runs a story in a thread of its own: the browser's driver may have left a loop running in this one."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(story())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def serving(url: str) -> AsyncIterator[LiveUpdates]:
    app = LiveUpdates(url, ["127.0.0.1"])
    stop = asyncio.Event()
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    started = asyncio.Event()

    async def receive() -> dict[str, Any]:
        message = next(messages)
        if message["type"] == "lifespan.shutdown":
            await stop.wait()
        return message

    async def send(message: dict[str, Any]) -> None:
        started.set()

    life = asyncio.create_task(app({"type": "lifespan"}, receive, send))
    await started.wait()
    yield app
    stop.set()
    await life


async def open_screen(
    app: LiveUpdates, ticket: str, path: str = "/live", method: str = "GET", *headers: tuple[bytes, bytes]
) -> tuple[Screen, "asyncio.Task[None]"]:
    screen = Screen()
    scope = {
        "type": "http",
        "path": path,
        "method": method,
        "query_string": f"ticket={ticket}".encode(),
        "headers": [(b"origin", b"http://127.0.0.1:8000"), *headers],
    }
    task = asyncio.ensure_future(app(scope, screen.receive, screen.send))
    await until(lambda: screen.status != 0)
    return screen, task


async def healthy(app: LiveUpdates) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            screen, _ = await open_screen(app, "", "/live/health")
            if screen.status == 200:
                return
            await asyncio.sleep(0.02)


def in_thread(work: Callable[[], object]) -> Awaitable[None]:
    """Django's blocking database calls beside the event loop, with their connection closed behind them."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    return asyncio.to_thread(run)


def sell(hall: int, order: int) -> None:
    with transaction():
        publish(topic="order.accepted", hall_id=hall, at=NOW, payload={"order": order})


@pytest.mark.rule("WRK-11")
def test_fifty_screens_of_the_hall_hear_of_a_sale_and_the_neighbours_do_not(real_db: str) -> None:
    async def story() -> None:
        async with serving(real_db) as app:
            await healthy(app)
            own = issue_ticket(clerk(1), datetime.now(UTC))
            screens = [await open_screen(app, own) for _ in range(50)]
            neighbour, _ = await open_screen(app, issue_ticket(clerk(2), datetime.now(UTC)))
            headquarters, _ = await open_screen(
                app, issue_ticket(clerk(3, everywhere=True), datetime.now(UTC))
            )
            await in_thread(lambda: (sell(1, 4711), relay(at=NOW)))
            everyone = [screen for screen, _ in screens] + [headquarters]
            await until(lambda: all(screen.events("order.accepted") for screen in everyone))
            assert all(screen.events("order.accepted") == [{"hall": 1, "order": 4711}] for screen in everyone)
            await in_thread(lambda: (sell(2, 1), relay(at=NOW)))
            await until(lambda: bool(neighbour.events("order.accepted")))
            assert neighbour.events("order.accepted") == [{"hall": 2, "order": 1}]
            assert len(everyone[0].events("order.accepted")) == 1

    told(story)


def test_a_screen_that_leaves_is_forgotten_and_a_shutdown_ends_the_others(real_db: str) -> None:
    async def story() -> None:
        async with serving(real_db) as app:
            await healthy(app)
            ticket = issue_ticket(clerk(1), datetime.now(UTC))
            leaving, left = await open_screen(app, ticket)
            _staying, stayed = await open_screen(app, ticket)
            leaving.leave()
            async with asyncio.timeout(PATIENCE_SECONDS):
                await left
            assert not stayed.done()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await stayed

    told(story)


def test_without_a_good_ticket_there_is_no_stream(real_db: str) -> None:
    async def story() -> None:
        app = LiveUpdates(real_db, ["127.0.0.1"])
        old = issue_ticket(clerk(1), datetime.now(UTC) - LIFETIME)
        for ticket in ("", "forged", old, issue_ticket(clerk(1), datetime.now(UTC))[:-1]):
            screen, _ = await open_screen(app, ticket)
            assert screen.status == 401
        assert (await open_screen(app, "", "/elsewhere"))[0].status == 404
        assert (await open_screen(app, "", "/live", "POST"))[0].status == 405

    told(story)


def test_pages_of_our_own_host_may_read_the_stream_and_strangers_may_not(real_db: str) -> None:
    async def story() -> None:
        ours, _ = await open_screen(LiveUpdates(real_db, ["127.0.0.1"]), "")
        assert ours.headers[b"access-control-allow-origin"] == b"http://127.0.0.1:8000"
        strangers, _ = await open_screen(LiveUpdates(real_db, ["hall.example"]), "")
        assert b"access-control-allow-origin" not in strangers.headers

    told(story)


def test_a_screen_that_comes_back_is_told_to_refresh_because_it_may_have_missed_something(
    real_db: str,
) -> None:
    async def story() -> None:
        async with serving(real_db) as app:
            await healthy(app)
            ticket = issue_ticket(clerk(1), datetime.now(UTC))
            back, _ = await open_screen(app, ticket, "/live", "GET", (b"last-event-id", b"12"))
            await until(lambda: back.events("refresh") == [{}])

    told(story)


def test_a_payload_too_long_for_the_channel_still_tells_that_something_changed(real_db: str) -> None:
    async def story() -> None:
        async with serving(real_db) as app:
            await healthy(app)
            screen, _ = await open_screen(app, issue_ticket(clerk(1), datetime.now(UTC)))

            def publish_much() -> None:
                with transaction():
                    publish(topic="roster", hall_id=1, at=NOW, payload={"ids": list(range(5000))})
                relay(at=NOW)

            await in_thread(publish_much)
            await until(lambda: screen.events("roster") == [{"hall": 1}])

    told(story)


def test_a_screen_that_falls_too_far_behind_is_let_go_without_holding_up_the_others() -> None:
    async def story() -> None:
        hub, slow, quick = Hub(), Listener(frozenset({1})), Listener(None)
        hub.add(slow)
        hub.add(quick)
        for number in range(1000):
            hub.tell(json.dumps({"id": number, "topic": "floor", "hall": 1, "payload": {}}))
            assert await quick.take(PATIENCE_SECONDS)
        assert slow.closed
        assert not quick.closed

    told(story)
