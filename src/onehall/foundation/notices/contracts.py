"""What crosses between notices, who queues them, and the gateway."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

Outcome = StrEnum("Outcome", "SENT REFUSED UNCLEAR")
"""SENT: the gateway took it; REFUSED: it will not, however often it is asked; UNCLEAR: no answer, or one that means later."""


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Something to say once: `key` makes it once, `not_after` makes it never late."""

    key: str
    kind: str
    to: str
    text: str
    due_at: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One attempt. The id is the same at every attempt, so that a gateway which took it once does not send it twice."""

    id: UUID
    to: str
    text: str
    attempts: int

    def __repr__(self) -> str:
        return f"Message({self.id})"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gateway said; `reference` is its own number for the message, `why` a word or a status."""

    outcome: Outcome
    reference: str = ""
    why: str = ""
