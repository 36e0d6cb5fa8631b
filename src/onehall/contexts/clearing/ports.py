"""What clearing asks of the outside: a provider's file of a day."""

from datetime import date, datetime
from typing import Protocol

from onehall.contexts.clearing.contracts import File, FileRefused, Kind, Row

__all__ = ["BillSource", "File", "FileRefused", "Kind", "Row"]


class BillSource(Protocol):
    """One provider's files. Its words and columns stay behind this door."""

    def bill(self, day: date, *, seconds: int, at: datetime) -> File | None:
        """The file of a day; None while there is none, or no answer that can be believed. Raises FileRefused for a broken one."""
        ...

    def read(self, content: bytes, *, at: datetime) -> File:
        """A file that a person downloaded. Raises FileRefused for what is not whole, or not ours."""
        ...
