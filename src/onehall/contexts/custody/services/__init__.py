"""Writing custody: one verb each, inside the caller's transaction."""

from onehall.contexts.custody.services.closing import (
    check_may_leave,
    close_cashless,
    confirm_drawer,
    count_drawer,
    hand_in,
    send_back,
)
from onehall.contexts.custody.services.passing import (
    open_drawer,
    pay_customer,
    pay_out,
    put_in,
    refuse_note,
    take_in,
    take_out,
)

__all__ = [
    "check_may_leave", "close_cashless", "confirm_drawer", "count_drawer", "hand_in", "open_drawer", "pay_customer", "pay_out", "put_in", "refuse_note", "send_back",
    "take_in", "take_out",
]  # fmt: skip
