"""Writes of the numbers room."""

from onehall.contexts.numbers.services.drawing import (  # noqa: I001 - packed
    claim_form_serials, claim_numbers, draw_number, establish_prefix, establish_range, next_form_serials,
    release_number, release_reservations, reserve_numbers, take_over_numbers, use_again, withdraw_numbers,
)  # fmt: skip
from onehall.contexts.numbers.services.keeping import establish_book, return_book
from onehall.contexts.numbers.services.stock import hand_to_hall, hold_book, receive_lot, take_draw
from onehall.contexts.numbers.services.stubs import spoil_next, write_off_stubs

__all__ = [
    "claim_form_serials", "claim_numbers", "draw_number", "establish_book", "establish_prefix", "establish_range",
    "hand_to_hall", "hold_book", "next_form_serials", "receive_lot", "release_number", "release_reservations",
    "reserve_numbers", "return_book", "spoil_next", "take_draw", "take_over_numbers", "use_again", "withdraw_numbers", "write_off_stubs",
]  # fmt: skip
