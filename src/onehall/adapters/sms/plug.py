"""The gateway that the notices' port asks for. Settings: `PLUGS["sms"] = "onehall.adapters.sms.plug.http_gateway"`."""

from concurrent.futures import Future, ThreadPoolExecutor

import httpx

from onehall.adapters.sms.client import SECONDS, attempt
from onehall.adapters.sms.codec import reports
from onehall.foundation.notices.contracts import Answer, Message, Report
from onehall.foundation.notices.ports import Gateway

_AT_ONCE = 8


class HttpGateway:
    """Some threads wait for the gateway; whoever sends does not."""

    def __init__(self, url: str, key: str, *, seconds: float = SECONDS) -> None:
        self._url, self._key = url, key
        self._client = httpx.Client(timeout=seconds, trust_env=False, follow_redirects=False)
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="sms")

    def send(self, message: Message) -> "Future[Answer]":
        """See `foundation.notices.ports.Gateway`."""
        return self._threads.submit(attempt, self._client, self._url, self._key, message)


def http_gateway(url: str, key: str) -> Gateway:
    """The plug."""
    return HttpGateway(url, key)


def reports_of(content: bytes, signed: str, key: str) -> tuple[Report, ...]:
    """The other plug: what the gateway tells us afterwards."""
    return reports(content, signed, key)
