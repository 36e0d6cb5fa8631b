"""The door of the numbers room."""

from onehall.contexts.numbers.contracts import (  # noqa: I001 - packed
    OWN, BadAccountName, BadBookRange, BadFormSerial, BookRange, BookState, BookUsedUp, BooksOverlap, DrawnNumber,
    NumberClaim, NumberKind, NumberStanding, NumberState, NumberTaken, Prefix, UnknownLine,
)  # fmt: skip
from onehall.contexts.numbers.policies import BOOK_LOW, QUARANTINE, RESERVATION
from onehall.contexts.numbers.queries import (
    book_state, books_of_hall, draws, free_numbers, line_source, lot_parts, lots, number_standing, prefixes, spoilt_papers,
    stubs_written_off, taken_numbers,
)  # fmt: skip
from onehall.contexts.numbers.rules import (
    BookHeld, BookLife, Draw, Lot, ReturnRefused, SerialParts, SpoiltRefused, StockRefused, StubsDiffer, StubsDue, StubsSeen, StubsWrittenOff, Used,
    account_name, check_account_name, left_of, life, may_take, not_to_oneself, parse_form_serial, range_typed, received, serial_on_paper,
    serial_prefix, stubs_due,
)  # fmt: skip
from onehall.contexts.numbers.services import (
    claim_form_serials, claim_numbers, draw_number, establish_book, establish_prefix, establish_range, hand_to_hall,
    hold_book, next_form_serials, receive_lot, release_number, release_reservations, reserve_numbers, return_book,
    spoil_next, take_draw, take_over_numbers, use_again, withdraw_numbers, write_off_stubs,
)  # fmt: skip

__all__ = [
    "BOOK_LOW", "OWN", "QUARANTINE", "RESERVATION", "BadAccountName", "BadBookRange", "BadFormSerial", "BookHeld",
    "BookLife", "BookRange", "BookState", "BookUsedUp", "BooksOverlap", "Draw", "DrawnNumber", "Lot", "NumberClaim",
    "NumberKind", "NumberStanding", "NumberState", "NumberTaken", "Prefix", "ReturnRefused", "SerialParts", "SpoiltRefused", "StockRefused",
    "StubsDiffer", "StubsDue", "StubsSeen", "StubsWrittenOff", "UnknownLine", "Used", "account_name", "book_state",
    "books_of_hall", "check_account_name", "claim_form_serials", "claim_numbers", "draw_number", "draws", "establish_book",
    "establish_prefix", "establish_range", "free_numbers", "hand_to_hall", "hold_book", "left_of", "life", "line_source",
    "lot_parts", "lots", "may_take", "next_form_serials", "not_to_oneself", "number_standing", "parse_form_serial",
    "prefixes", "range_typed", "receive_lot", "received", "release_number", "release_reservations", "reserve_numbers",
    "return_book", "serial_on_paper", "serial_prefix", "spoil_next", "spoilt_papers", "stubs_due", "stubs_written_off",
    "take_draw", "take_over_numbers", "taken_numbers", "use_again", "withdraw_numbers", "write_off_stubs",
]  # fmt: skip
