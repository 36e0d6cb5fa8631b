"""The door of goods."""

from onehall.contexts.goods.contracts import (  # noqa: I001 - packed
    AddOn, Business, Collected, Handset, Principal, SerialSold, Settlement, SettlementRefused, Statement,
)  # fmt: skip
from onehall.contexts.goods.policies import (
    LEAST_COLLECTED, MOST_COLLECTED, MOST_MONTHS, RETURN_DAYS, SETTLING_ACCOUNT,
)  # fmt: skip
from onehall.contexts.goods.queries import (
    add_on, add_ons, collected, collected_in, halls_of, handset_standing, handsets, owed, principal, principal_of, principals,
    settlements, statement,
)  # fmt: skip
from onehall.contexts.goods.rules import (
    GoodsRefused, check_months, check_sum, next_period, reference_kept, returnable_until, serial_kept,
)  # fmt: skip
from onehall.contexts.goods.services import (
    collect, end_add_on, establish_principal, give_back, hand_out_handset, settle, start_add_on, take_back_add_on,
    take_back_handset,
)  # fmt: skip

__all__ = [
    "LEAST_COLLECTED", "MOST_COLLECTED", "MOST_MONTHS", "RETURN_DAYS", "SETTLING_ACCOUNT", "AddOn", "Business", "Collected",
    "GoodsRefused", "Handset", "Principal", "SerialSold", "Settlement", "SettlementRefused", "Statement", "add_on", "add_ons",
    "check_months", "check_sum", "collect", "collected", "collected_in", "end_add_on", "establish_principal", "give_back",
    "halls_of", "hand_out_handset", "handset_standing", "handsets", "next_period", "owed", "principal",
    "principal_of", "principals", "reference_kept", "returnable_until", "serial_kept", "settle", "settlements", "start_add_on",
    "statement", "take_back_add_on", "take_back_handset",
]  # fmt: skip
