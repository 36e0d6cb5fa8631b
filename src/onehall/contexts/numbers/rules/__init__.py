"""Pure decisions of the numbers room."""

from onehall.contexts.numbers.rules.keeping import (  # noqa: I001 - packed
    BookBack, BookHeld, BookLife, ReturnRefused, check_return, life, range_typed,
)  # fmt: skip
from onehall.contexts.numbers.rules.naming import (
    Rest, SerialParts, account_name, after_release, book_size, check_account_name, form_serial, line_source, may_take,
    parse_form_serial, printed_number, serial_on_paper, serial_prefix, standing,
)  # fmt: skip
from onehall.contexts.numbers.rules.stock import (
    Draw, Lot, SpoiltRefused, StockRefused, check_spoilt, left_of, not_to_oneself, received, spoilt,
)  # fmt: skip
from onehall.contexts.numbers.rules.stubs import (
    BookAt, StubsDiffer, StubsDue, StubsSeen, StubsWrittenOff, Used, check_stubs, stubs_due,
)  # fmt: skip

__all__ = [
    "BookAt", "BookBack", "BookHeld", "BookLife", "Draw", "Lot", "Rest", "ReturnRefused", "SerialParts",
    "SpoiltRefused", "StockRefused", "StubsDiffer", "StubsDue", "StubsSeen", "StubsWrittenOff", "Used", "account_name",
    "after_release", "book_size", "check_account_name", "check_return", "check_spoilt", "check_stubs", "form_serial",
    "left_of", "life", "line_source", "may_take", "not_to_oneself", "parse_form_serial", "printed_number",
    "range_typed", "received", "serial_on_paper", "serial_prefix", "spoilt", "standing", "stubs_due",
]  # fmt: skip
