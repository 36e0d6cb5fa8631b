"""Orders drawn for checking, a few of each day (ORD-17): the day decides which, nobody chooses."""

import hashlib
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from onehall.foundation.refusals import Refusal


class Fault(StrEnum):
    """What is found wrong with a checked order."""

    UNSIGNED = "unsigned"
    LATE_FORM = "late_form"
    OTHER = "other"


class FaultUnnamed(Refusal):
    code = "orders.fault_unnamed"
    rule = "ORD-17"
    status = 400
    zh = "有问题的要写明是什么问题。"
    en = "Say what is wrong with the order."
    alternative_zh = "例如：签名不是本人、受理单缺联。"
    alternative_en = "For example: the signature is somebody else's, a copy is missing."


def sampled(orders: Iterable[int], *, day: date, size: int) -> tuple[int, ...]:
    """`size` of the day's orders, the same ones however often and in whatever order they are asked for.

    An order that is added to the day changes the sample by itself alone: each has its own place in the draw.
    """
    draw = sorted(set(orders), key=lambda number: hashlib.sha256(f"{day}/{number}".encode()).digest())
    return tuple(draw[:size])


def faults(*, signed: bool, accepted_on: date, form_on: date | None) -> tuple[Fault, ...]:
    """What the records themselves say against an order: no signature, no acceptance form of the same day."""
    found = ((Fault.UNSIGNED, not signed), (Fault.LATE_FORM, form_on != accepted_on))
    return tuple(fault for fault, stands in found if stands)
