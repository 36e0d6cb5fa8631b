"""The tables of voice."""

from onehall.contexts.voice.models.bills import Bill, MonthRun, TopUp
from onehall.contexts.voice.models.calls import Call, Charge, Delivery, Raw, Waiting
from onehall.contexts.voice.models.lines import Line, LineNumber, LineVersion, Prefix, Price, Tariff

__all__ = [
    "Bill", "Call", "Charge", "Delivery", "Line", "LineNumber", "LineVersion", "MonthRun", "Prefix", "Price", "Raw", "Tariff", "TopUp", "Waiting",
]  # fmt: skip
