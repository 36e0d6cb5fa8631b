"""Writes of the numbers room."""

from onehall.contexts.numbers.services.drawing import (  # noqa: I001 - packed
    claim_form_serials, claim_numbers, draw_number, establish_prefix, establish_range, next_form_serials,
    release_number, release_reservations, reserve_numbers, take_over_numbers, withdraw_numbers,
)  # fmt: skip
from onehall.contexts.numbers.services.keeping import establish_book, return_book

__all__ = [
    "claim_form_serials", "claim_numbers", "draw_number", "establish_book", "establish_prefix", "establish_range",
    "next_form_serials", "release_number", "release_reservations", "reserve_numbers", "return_book", "take_over_numbers", "withdraw_numbers",
]  # fmt: skip
