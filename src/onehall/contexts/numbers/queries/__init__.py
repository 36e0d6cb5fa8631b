"""Reads of the numbers room."""

from onehall.contexts.numbers.queries.books import book_state, books_of_hall, spoilt_papers, stubs_written_off
from onehall.contexts.numbers.queries.naming import (
    free_numbers,
    line_source,
    number_standing,
    prefixes,
    taken_numbers,
)
from onehall.contexts.numbers.queries.stock import draws, lot_parts, lots

__all__ = [
    "book_state", "books_of_hall", "draws", "free_numbers", "line_source", "lot_parts", "lots", "number_standing", "prefixes", "spoilt_papers",
    "stubs_written_off", "taken_numbers",
]  # fmt: skip
