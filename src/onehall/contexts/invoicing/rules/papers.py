"""Deciding about the papers after a receipt: values in, values out."""

from onehall.contexts.invoicing.contracts import MoreThanAll, Undoing


def undoing(*, number: str, copies: int, present: int) -> Undoing:
    """RCP-01: with every copy at hand the receipt is void; while one is with the customer a red one undoes it. MoreThanAll."""
    if not 0 <= present <= copies:
        raise MoreThanAll(field="copies_present", number=number, copies=copies, present=present)
    return Undoing.VOID if present == copies else Undoing.RED
