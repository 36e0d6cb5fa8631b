"""Papers that are facts, grids and places to sign: reports of drawers, days, bags and months (REC-01)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.foundation.documents.contracts import Kind
from onehall.foundation.documents.forms import Form
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

_NONE = Text("没有", "None")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and its value."""

    label: Text
    value: Text | Money | datetime | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A headed table; money and numbers stand on the right. `note` is what it says where it has no rows."""

    heading: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: Text = _NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabular(Form):
    """The base of these papers. `name` says which one it is, `total` is the sum it stands for."""

    name: Text
    facts: tuple[Fact, ...]
    grids: tuple[Grid, ...]
    signatures: tuple[Text, ...]
    total: Money | None = None
    remark: str = ""

    @property
    def amount(self) -> Money | None:
        return self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawerReport(Tabular):
    """X (盘查) and Z (结账) of a drawer, the same paper (LAW-40)."""

    kind = Kind.DRAWER_REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal(Tabular):
    """日记账 of one clerk and day (CSH-02)."""

    kind = Kind.JOURNAL


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport(Tabular):
    """营业日报 of a hall and day (CSH-02, LED-02)."""

    kind = Kind.DAY_REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class BagLabel(Tabular):
    """缴款封包单: what a sealed bag holds and who sealed it (CSH-04)."""

    kind = Kind.BAG_LABEL


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRefund(Tabular):
    """退余额单: what a customer got of their balance in cash, and signs for (PAY-03)."""

    kind = Kind.BALANCE_REFUND


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSheet(Tabular):
    """月结单 of a hall and month (CSH-05)."""

    kind = Kind.PERIOD
