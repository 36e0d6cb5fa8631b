"""Reads of the orders room. Orders belong to one hall: another hall's answer 404 (SEC-10)."""

from onehall.contexts.orders.queries.sales import (  # noqa: I001 - packed
    basket, baskets_waiting, handling, open_basket_of, order, orders_by_serial, orders_of, orders_of_basket,
    orders_of_subscription, paper_form, signature, unfinished_baskets,
)  # fmt: skip
from onehall.contexts.orders.queries.evidence import evidences

__all__ = [
    "basket", "baskets_waiting", "evidences", "handling", "open_basket_of", "order", "orders_by_serial", "orders_of",
    "orders_of_basket", "orders_of_subscription", "paper_form", "signature",
    "unfinished_baskets",
]  # fmt: skip
