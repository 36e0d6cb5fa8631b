"""The door of the orders room."""

from onehall.contexts.orders.contracts import (
    AlreadyServed,
    AmountDiffers,
    Basket,
    BasketNotOpen,
    BasketSettled,
    BasketState,
    Item,
    ItemDraft,
    ItemRepeated,
    Order,
    OrderNotVoidable,
    OrderState,
    Settlement,
    SignatureRecord,
)
from onehall.contexts.orders.policies import DISPLAY_SECONDS, HANDLING_LIMIT, HESITATION_LIMIT
from onehall.contexts.orders.queries import (
    basket,
    baskets_waiting,
    handling,
    open_basket_of,
    order,
    orders_by_serial,
    orders_of,
    orders_of_basket,
    orders_of_subscription,
    signature,
)
from onehall.contexts.orders.rules import Handling
from onehall.contexts.orders.services import (
    abandon_basket,
    archive_order,
    attach_form,
    complete_order,
    hold_basket,
    link_subscriptions,
    open_basket,
    put_item,
    record_signature,
    remove_item,
    resume_basket,
    settle_basket,
    void_basket_orders,
)

__all__ = [
    "DISPLAY_SECONDS",
    "HANDLING_LIMIT",
    "HESITATION_LIMIT",
    "AlreadyServed",
    "AmountDiffers",
    "Basket",
]
__all__ += ["BasketNotOpen", "BasketSettled", "BasketState", "Handling", "Item", "ItemDraft"]
__all__ += ["ItemRepeated", "Order", "OrderNotVoidable", "OrderState", "Settlement", "SignatureRecord"]
__all__ += ["abandon_basket", "archive_order", "attach_form", "basket", "baskets_waiting", "complete_order"]
__all__ += ["handling", "hold_basket", "link_subscriptions", "open_basket", "open_basket_of", "order"]
__all__ += ["orders_by_serial", "orders_of", "orders_of_basket", "orders_of_subscription", "put_item"]
__all__ += ["record_signature", "remove_item", "resume_basket", "settle_basket", "signature"]
__all__ += ["void_basket_orders"]
