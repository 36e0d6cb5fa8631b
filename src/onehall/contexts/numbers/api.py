"""The door of the numbers room."""

from onehall.contexts.numbers.contracts import (
    OWN,
    BadAccountName,
    BadBookRange,
    BadFormSerial,
    BookRange,
    BooksOverlap,
    BookState,
    BookUsedUp,
    DrawnNumber,
    NumberClaim,
    NumberKind,
    NumberStanding,
    NumberState,
    NumberTaken,
    Prefix,
    UnknownLine,
)
from onehall.contexts.numbers.policies import BOOK_LOW, QUARANTINE, RESERVATION
from onehall.contexts.numbers.queries import (
    book_state,
    line_source,
    number_standing,
    prefixes,
    taken_numbers,
)
from onehall.contexts.numbers.rules import (
    SerialParts,
    account_name,
    check_account_name,
    may_take,
    parse_form_serial,
    serial_on_paper,
    serial_prefix,
)
from onehall.contexts.numbers.services import (
    claim_form_serials,
    claim_numbers,
    draw_number,
    establish_book,
    establish_prefix,
    next_form_serials,
    release_number,
    release_reservations,
    reserve_numbers,
    take_over_numbers,
    withdraw_numbers,
)

__all__ = ["BOOK_LOW", "OWN", "QUARANTINE", "RESERVATION", "BadAccountName", "BadBookRange"]
__all__ += ["BadFormSerial", "BookRange", "BookState", "BookUsedUp", "BooksOverlap", "DrawnNumber"]
__all__ += ["NumberClaim", "NumberKind", "NumberStanding", "NumberState", "NumberTaken", "Prefix"]
__all__ += ["SerialParts", "UnknownLine", "account_name", "book_state", "check_account_name"]
__all__ += ["claim_numbers", "draw_number", "establish_book", "establish_prefix", "line_source", "may_take"]
__all__ += ["next_form_serials", "number_standing", "parse_form_serial", "prefixes", "release_number"]
__all__ += ["release_reservations", "reserve_numbers", "serial_prefix"]
__all__ += ["claim_form_serials", "serial_on_paper", "take_over_numbers", "taken_numbers", "withdraw_numbers"]
