"""Who listens, and fan-out: one event, encoded once, to every screen whose ticket covers its hall."""

import asyncio
import json
from collections import defaultdict

_SLOW_CLIENT_CHUNKS = 256


class Listener:
    """One open screen. What it has not taken yet waits here; who falls too far behind is dropped and reconnects."""

    def __init__(self, halls: frozenset[int] | None) -> None:
        self.halls = halls
        self.closed = False
        self._chunks: list[bytes] = []
        self._wake = asyncio.Event()

    def offer(self, chunk: bytes) -> None:
        """Adds to what waits; never blocks the fan-out."""
        if len(self._chunks) >= _SLOW_CLIENT_CHUNKS:
            self.close()
            return
        self._chunks.append(chunk)
        self._wake.set()

    def close(self) -> None:
        """Ends the stream after what was taken already."""
        self.closed = True
        self._wake.set()

    async def take(self, timeout: float) -> bytes:
        """Everything that waits, or nothing after `timeout` seconds."""
        try:
            await asyncio.wait_for(self._wake.wait(), timeout)
        except TimeoutError:
            return b""
        self._wake.clear()
        taken = b"".join(self._chunks)
        self._chunks.clear()
        return taken


class Hub:
    """The open screens of this process by hall."""

    def __init__(self) -> None:
        self._everywhere: set[Listener] = set()
        self._by_hall: dict[int, set[Listener]] = defaultdict(set)

    def add(self, listener: Listener) -> None:
        """From now on it hears."""
        for group in self._groups(listener):
            group.add(listener)

    def remove(self, listener: Listener) -> None:
        """It hears no more."""
        for group in self._groups(listener):
            group.discard(listener)

    def tell(self, message: str) -> None:
        """One event as the relay wrote it."""
        event = json.loads(message)
        chunk = encode(event["topic"], {"hall": event["hall"], **event["payload"]}, event["id"])
        for listener in self._everywhere | self._by_hall.get(event["hall"], set()):
            listener.offer(chunk)

    def refresh_all(self) -> None:
        """Events may have been missed: every screen asks for its page anew."""
        chunk = encode("refresh", {})
        for group in (self._everywhere, *self._by_hall.values()):
            for listener in group:
                listener.offer(chunk)

    def close_all(self) -> None:
        """The process ends."""
        for group in (self._everywhere, *self._by_hall.values()):
            for listener in group:
                listener.close()

    def _groups(self, listener: Listener) -> list[set[Listener]]:
        if listener.halls is None:
            return [self._everywhere]
        return [self._by_hall[hall] for hall in listener.halls]


def encode(topic: str, data: dict[str, object], event_id: int | None = None) -> bytes:
    """One event in the form of the event stream (WHATWG HTML, server-sent events)."""
    head = "" if event_id is None else f"id: {event_id}\n"
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{head}event: {topic}\ndata: {text}\n\n".encode()
