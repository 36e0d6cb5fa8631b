"""Tables of the numbers room."""

from onehall.contexts.numbers.models.books import Book, BookHolding, BookReturn, SpoiltPaper, StubCheck
from onehall.contexts.numbers.models.naming import FormSerialCounter, LinePrefix, Number, NumberRange, free_at
from onehall.contexts.numbers.models.stock import BookDraw, BookDrawTaken, BookLot

__all__ = [
    "Book", "BookDraw", "BookDrawTaken", "BookHolding", "BookLot", "BookReturn", "FormSerialCounter", "LinePrefix", "Number",
    "NumberRange", "SpoiltPaper", "StubCheck", "free_at",
]  # fmt: skip
