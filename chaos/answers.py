"""What a hall answers."""

from dataclasses import dataclass


@dataclass
class Answer:
    """Status, where to go next, and the page."""

    status: int
    location: str
    text: str
