"""The door of the numbers room."""

from onehall.contexts.numbers.contracts import (  # noqa: I001 - packed
    OWN, BadAccountName, BadBookRange, BadFormSerial, BookRange, BookState, BookUsedUp, BooksOverlap, DrawnNumber,
    NumberClaim, NumberKind, NumberStanding, NumberState, NumberTaken, Prefix, UnknownLine,
)  # fmt: skip
from onehall.contexts.numbers.policies import BOOK_LOW, QUARANTINE, RESERVATION
from onehall.contexts.numbers.queries import (
    book_state, books_of_hall, free_numbers, line_source, number_standing, prefixes, taken_numbers,
)  # fmt: skip
from onehall.contexts.numbers.rules import (
    BookHeld, BookLife, ReturnRefused, SerialParts, account_name, check_account_name, life, may_take,
    parse_form_serial, range_typed, serial_on_paper, serial_prefix,
)  # fmt: skip
from onehall.contexts.numbers.services import (
    claim_form_serials, claim_numbers, draw_number, establish_book, establish_prefix, establish_range,
    next_form_serials, release_number, release_reservations, reserve_numbers, return_book, take_over_numbers, withdraw_numbers,
)  # fmt: skip

__all__ = [
    "BOOK_LOW", "OWN", "QUARANTINE", "RESERVATION", "BadAccountName", "BadBookRange", "BadFormSerial", "BookHeld",
    "BookLife", "BookRange", "BookState", "BookUsedUp", "BooksOverlap", "DrawnNumber", "NumberClaim", "NumberKind",
    "NumberStanding", "NumberState", "NumberTaken", "Prefix", "ReturnRefused", "SerialParts", "UnknownLine",
    "account_name", "book_state", "books_of_hall", "check_account_name", "claim_form_serials", "claim_numbers",
    "draw_number", "establish_book", "establish_prefix", "establish_range", "free_numbers", "life", "line_source", "may_take", "next_form_serials",
    "number_standing", "parse_form_serial", "prefixes", "range_typed", "release_number", "release_reservations",
    "reserve_numbers", "return_book", "serial_on_paper", "serial_prefix", "take_over_numbers", "taken_numbers",
    "withdraw_numbers",
]  # fmt: skip
