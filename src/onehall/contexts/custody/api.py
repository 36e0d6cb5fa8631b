"""The door of custody."""

from onehall.contexts.custody.contracts import (
    Drawer,
    DrawerOpen,
    DrawerShort,
    EntryKind,
    FloatDiffers,
    Moved,
    NoOpenDrawer,
    NotADenomination,
    NotAMovement,
    Passed,
    Standing,
)
from onehall.contexts.custody.policies import OPENING_FLOAT
from onehall.contexts.custody.queries import (
    drawer,
    drawer_balance,
    drawer_of_clerk,
    drawer_of_counter,
    drawer_standing,
    open_drawers,
)
from onehall.contexts.custody.rules import count_total
from onehall.contexts.custody.services import open_drawer, pay_out, put_in, take_in, take_out

__all__ = [
    "OPENING_FLOAT", "Drawer", "DrawerOpen", "DrawerShort", "EntryKind", "FloatDiffers", "Moved", "NoOpenDrawer",
    "NotADenomination", "NotAMovement", "Passed", "Standing", "count_total", "drawer", "drawer_balance", "drawer_of_clerk",
    "drawer_of_counter", "drawer_standing", "open_drawer", "open_drawers", "pay_out", "put_in", "take_in", "take_out",
]  # fmt: skip
