"""The sender that the webhooks' port asks for. Settings: `PLUGS["webhook"] = "onehall.adapters.webhook.plug.http_sender"`."""

import asyncio
import ssl
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from onehall.adapters.webhook.client import attempt
from onehall.foundation.webhooks.contracts import Answer, Letter
from onehall.foundation.webhooks.ports import Sender

_LOOK_UPS = 64


class HttpSender:
    """One thread with an event loop: an endpoint that never answers costs a socket, and nobody else's time."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._trusted = ssl.create_default_context()
        self._loop.set_default_executor(ThreadPoolExecutor(_LOOK_UPS, thread_name_prefix="webhook-names"))
        threading.Thread(target=self._loop.run_forever, name="webhooks", daemon=True).start()

    def send(self, letter: Letter) -> "Future[Answer]":
        """See `foundation.webhooks.ports.Sender`."""
        return asyncio.run_coroutine_threadsafe(attempt(letter, self._trusted), self._loop)


def http_sender() -> Sender:
    """The plug."""
    return HttpSender()
