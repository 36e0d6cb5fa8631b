"""What a list declares: its columns, the statement behind it, who may take it out."""

from dataclasses import dataclass

from onehall.foundation.documents.columns import Column
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: who may export it (beside `export.run`), its columns, its statement, and what a period bounds, None if nothing.

    The statement takes `halls` and `compounds` (arrays, null for every one), `start` and `end` (instants or null).
    """

    code: str
    name: Text
    permission: str
    columns: tuple[Column, ...]
    sql: str
    period: Text | None = None

    @property
    def personal(self) -> bool:
        """Whether it holds numbers of customers."""
        return any(column.personal for column in self.columns)
