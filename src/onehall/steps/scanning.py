"""From an uploaded file to the picture that is kept of it: the limits and the stamp are the policies' (LAW-06)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.imagery import Limits, Stamp, clean_scan
from onehall.foundation.imagery.cleaning import MEGABYTE, MILLION
from onehall.foundation.policy import PolicyBook
from onehall.foundation.values.period import local


def limits_of(book: PolicyBook) -> Limits:
    """What is taken at most."""
    return Limits(book[customers.SCAN_SIZE] * MEGABYTE, book[customers.SCAN_POINTS] * MILLION)


def draw(
    content: bytes, *, name: str, purpose: str, book: PolicyBook, at: datetime
) -> tuple[bytes, datetime]:
    """The stamped picture, and the moment from which it is deleted."""
    until = customers.kept_until(at, days=book[customers.SCAN_DAYS])
    stamp = Stamp(purpose, f"{local(until):%Y-%m-%d}")
    return clean_scan(content, name=name, stamp=stamp, limits=limits_of(book)), until
