"""The door of the orders room."""

from onehall.contexts.orders.contracts import (  # noqa: I001 - packed: the door has a limit
    AlreadyServed, AmountDiffers, Basket, BasketNotOpen, BasketSettled, BasketState, Item, ItemDraft, ItemRepeated,
    Order, OrderNotVoidable, OrderState, Settlement, SignatureRecord,
)  # fmt: skip
from onehall.contexts.orders.policies import (
    BACKDATE_LONGEST, DISPLAY_SECONDS, HANDLING_LIMIT, HESITATION_LIMIT, SAMPLE_SIZE,
)  # fmt: skip
from onehall.contexts.orders.queries import (
    basket, baskets_waiting, evidences, handling, open_basket_of, order, orders_by_serial, orders_of, orders_of_basket,
    orders_of_subscription, paper_form, signature, unfinished_baskets,
)  # fmt: skip
from onehall.contexts.orders.rules import (
    Fault, FaultUnnamed, Handling, PaperForm, PaperGiven, PaperIncomplete, PaperKnown, PaperTimeRefused, PaperTooLate, faults, sampled,
)  # fmt: skip
from onehall.contexts.orders.rules.signed import BasketSigned, Evidence
from onehall.contexts.orders.services.checking import keep_check
from onehall.contexts.orders.services.free import order_for_nothing
from onehall.contexts.orders.services.paper import state_paper
from onehall.contexts.orders.services.sales import (
    abandon_basket, archive_order, attach_form, complete_order, hold_basket, link_subscriptions, open_basket,
    put_item, remove_item, resume_basket, settle_basket, void_basket_orders,
)  # fmt: skip
from onehall.contexts.orders.services.signing import keep_still, record_signature
from onehall.contexts.orders.services.waiting import PAPERS, note_missing

__all__ = [
    "BACKDATE_LONGEST", "DISPLAY_SECONDS", "HANDLING_LIMIT", "HESITATION_LIMIT", "PAPERS", "SAMPLE_SIZE",
    "AlreadyServed", "AmountDiffers", "Basket", "BasketNotOpen", "BasketSettled", "BasketSigned", "BasketState",
    "Evidence", "Fault", "FaultUnnamed", "Handling", "Item", "ItemDraft", "ItemRepeated", "Order",
    "OrderNotVoidable", "OrderState", "PaperForm", "PaperGiven", "PaperIncomplete", "PaperKnown",
    "PaperTimeRefused", "PaperTooLate", "Settlement", "SignatureRecord", "abandon_basket", "archive_order",
    "attach_form", "basket", "baskets_waiting", "complete_order", "evidences", "faults", "handling", "hold_basket",
    "keep_check", "keep_still", "link_subscriptions", "note_missing", "open_basket", "open_basket_of", "order",
    "order_for_nothing", "orders_by_serial", "orders_of", "orders_of_basket", "orders_of_subscription",
    "paper_form", "put_item", "record_signature", "remove_item", "resume_basket", "sampled", "settle_basket",
    "signature", "state_paper", "unfinished_baskets", "void_basket_orders",
]  # fmt: skip
