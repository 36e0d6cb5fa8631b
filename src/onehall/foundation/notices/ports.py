"""What notices ask of the outside: a gateway to telephones."""

from concurrent.futures import Future
from typing import Protocol

from onehall.foundation.notices.contracts import Answer, Message


class Gateway(Protocol):
    """Sends short messages. It never raises for what gateways do: it answers, within the adapter's own time limits."""

    def send(self, message: Message) -> "Future[Answer]":
        """Hands one message over."""
        ...
