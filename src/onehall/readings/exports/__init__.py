"""Lists that leave the house as files (API-03, SEC-04): each is a declaration, one reader serves them all.

`LISTS` by code; `draft` reads one over the rooms' views, within the caller's halls, a batch at a time, into a table.
Whoever calls writes the log line (`journeys.record_export`) before the draft is finished and handed out.
"""

from onehall.readings.exports import (
    books,
    cash,
    charges,
    customers,
    goods,
    invoices,
    network,
    papers,
    registers,
    telephone,
    work,
)
from onehall.readings.exports.lists import Listed
from onehall.readings.exports.reading import Asked, Draft, book, draft

LISTS: dict[str, Listed] = {
    listed.code: listed
    for listed in (
        *registers.LISTS,
        *customers.LISTS,
        *work.LISTS,
        *network.LISTS,
        *books.LISTS,
        *cash.LISTS,
        *charges.LISTS,
        *goods.LISTS,
        *invoices.LISTS,
        *papers.LISTS,
        *telephone.LISTS,
    )
}
"""Every list by its code, in the order in which a page shows them."""

__all__ = ["LISTS", "Asked", "Draft", "Listed", "book", "draft"]
