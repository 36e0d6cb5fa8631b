"""What webhooks ask of the outside: a sender."""

from concurrent.futures import Future
from typing import Protocol

from onehall.foundation.webhooks.contracts import Answer, Letter


class Sender(Protocol):
    """Sends letters. It never raises for what receivers do: the future answers, within the letter's seconds."""

    def send(self, letter: Letter) -> "Future[Answer]":
        """Begins one attempt and returns at once."""
        ...
