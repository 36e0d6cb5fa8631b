"""The door of custody."""

from onehall.contexts.custody.contracts import (  # noqa: I001 - packed
    Count, CountRefused, Drawer, DrawerNotSettled, DrawerOpen, DrawerShort, EntryKind, FloatDiffers, Moved, NoOpenDrawer,
    NotADenomination, NotAMovement, Passed, Standing, Step,
)  # fmt: skip
from onehall.contexts.custody.policies import BLIND_COUNTS, LEAVE_CONFIRMED, OPENING_FLOAT
from onehall.contexts.custody.queries import (
    closed_drawers, drawer, drawer_balance, drawer_counts, drawer_of_clerk, drawer_of_counter, drawer_payments, drawer_standing, drawer_steps,
    float_before, hold_counter, open_drawers, standing_count, takings_due,
)  # fmt: skip
from onehall.contexts.custody.rules import NoNote, Told, count_total, told
from onehall.contexts.custody.services import (
    check_may_leave, close_cashless, confirm_drawer, count_drawer, hand_in, open_drawer, pay_customer, pay_out, put_in, refuse_note,
    send_back, take_in, take_out,
)  # fmt: skip

__all__ = [
    "BLIND_COUNTS", "LEAVE_CONFIRMED", "OPENING_FLOAT", "Count", "CountRefused", "Drawer", "DrawerNotSettled", "DrawerOpen", "DrawerShort",
    "EntryKind", "FloatDiffers", "Moved", "NoNote", "NoOpenDrawer", "NotADenomination", "NotAMovement", "Passed", "Standing", "Step",
    "Told", "check_may_leave", "close_cashless", "closed_drawers", "confirm_drawer", "count_drawer", "count_total", "drawer", "drawer_balance",
    "drawer_counts", "drawer_of_clerk", "drawer_of_counter", "drawer_payments", "drawer_standing", "drawer_steps",
    "float_before", "hand_in", "hold_counter", "open_drawer", "open_drawers", "pay_customer", "pay_out", "put_in", "refuse_note", "send_back", "standing_count", "take_in", "take_out", "takings_due", "told",
]  # fmt: skip
