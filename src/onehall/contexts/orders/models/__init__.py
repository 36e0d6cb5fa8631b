"""Tables of the orders room: baskets and what was sold of them; forms that were written on paper first."""

from onehall.contexts.orders.models.checking import OrderCheck
from onehall.contexts.orders.models.paper import PaperEntry

from onehall.contexts.orders.models.sales import (  # isort: skip
    AcceptanceForm, Basket, BasketHold, BasketItem, OrderArchive, OrderCompletion, OrderVoid, ServiceOrder, Signature,
)  # fmt: skip

__all__ = [
    "AcceptanceForm", "Basket", "BasketHold", "BasketItem", "OrderArchive", "OrderCheck", "OrderCompletion", "OrderVoid", "PaperEntry",
    "ServiceOrder", "Signature",
]  # fmt: skip
