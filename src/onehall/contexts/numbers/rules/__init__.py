"""Pure decisions of the numbers room."""

from onehall.contexts.numbers.rules.keeping import (  # noqa: I001 - packed
    BookBack, BookHeld, BookLife, ReturnRefused, check_return, life, range_typed,
)  # fmt: skip
from onehall.contexts.numbers.rules.naming import (
    Rest, SerialParts, account_name, after_release, book_size, check_account_name, form_serial, line_source, may_take,
    parse_form_serial, printed_number, serial_on_paper, serial_prefix, standing,
)  # fmt: skip

__all__ = [
    "BookBack", "BookHeld", "BookLife", "Rest", "ReturnRefused", "SerialParts", "account_name", "after_release", "book_size",
    "check_account_name", "check_return", "form_serial", "life", "line_source", "may_take", "parse_form_serial",
    "printed_number", "range_typed", "serial_on_paper", "serial_prefix", "standing",
]  # fmt: skip
