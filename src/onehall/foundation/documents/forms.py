"""What each paper says. A journey fills one of these in; the template of the same kind lays it out (ORD-02, REC-03).

Values go in as values: money, days and moments are worded here, once, so that screen, PDF and slip cannot differ.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar

from onehall.foundation.documents.contracts import Kind
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who issues the paper."""

    operator: Text
    hall: Text
    phone: str
    address: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The base of every paper. `amount` is what a verification may show."""

    kind: ClassVar[Kind]
    version: ClassVar[int] = 1
    head: Letterhead

    @property
    def amount(self) -> Money | None:
        """The sum the paper stands for, if it stands for one."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One thing paid for."""

    label: Text
    quantity: int
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderLine:
    """One means of payment and what was applied by it."""

    label: Text
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Form):
    """收据. The serial of the document is the number from the counter's book (RCP-01)."""

    kind = Kind.RECEIPT
    payer: str
    account: str
    address: str
    lines: tuple[ReceiptLine, ...]
    total: Money
    tenders: tuple[TenderLine, ...]
    received: Money
    change: Money
    cashier: str
    counter: str
    paid_at: datetime
    remark: str = ""

    @property
    def amount(self) -> Money:
        return self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class RedReceipt(Receipt):
    """红字收据: a receipt with the opposite signs; its remark names the receipt that it undoes (RCP-01)."""

    kind = Kind.RED_RECEIPT


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """One service on the acceptance form; `term` is the paid term in words, empty where there is none."""

    label: Text
    account: str
    term: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Form):
    """受理单: the one form of a basket, with the version of the terms the customer signs (ORD-02, ORD-14)."""

    kind = Kind.ACCEPTANCE
    customer: str
    paper: Text
    paper_number: str
    phone: str
    address: str
    agent: str
    services: tuple[ServiceLine, ...]
    total: Money
    papers_seen: tuple[Text, ...]
    terms_version: str
    terms: tuple[Text, ...]
    clerk: str
    counter: str
    accepted_at: datetime
    receipt: str = ""
    remark: str = ""

    @property
    def amount(self) -> Money:
        return self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation(Form):
    """装机单 with the fields of WRK-01, and the boxes the installer fills in by hand when there is no phone (WRK-04)."""

    kind = Kind.INSTALLATION
    number: str
    account: str
    password: str
    customer: str
    phone: str
    address: str
    business: Text
    points: int
    start_on: date | None
    department: str
    state: Text
    line_state: Text
    accepted_at: datetime
    due_at: datetime
    project_manager: str = ""
    installer: str = ""
    line_test: str = ""
    materials: str = ""
    finished_at: datetime | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One line of the dispatch register."""

    serial: str
    account: str
    address: str
    business: Text
    issued_at: datetime
    handed_at: datetime | None
    handed_by: str
    project_manager: str
    signed_at: datetime | None
    due_at: datetime
    returned_at: datetime | None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch(Form):
    """发单登记表 of one day (WRK-02, REC-01)."""

    kind = Kind.DISPATCH
    day: date
    lines: tuple[RegisterLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One try of the follow-up call (WRK-05)."""

    at: datetime
    by: str
    outcome: Text
    result: Text | None
    satisfaction: int | None
    handled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Form):
    """回访单 (WRK-04, WRK-05)."""

    kind = Kind.FOLLOW_UP
    number: str
    account: str
    customer: str
    phone: str
    address: str
    business: Text
    installer: str
    finished_at: datetime | None
    returned_at: datetime | None
    due_at: datetime
    state: Text
    script: tuple[Text, ...]
    calls: tuple[CallLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CashLine:
    """Notes or coins of one kind."""

    label: Text
    count: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer(Form):
    """开箱单: the float a drawer was opened with (CSH-01)."""

    kind = Kind.DRAWER
    counter: str
    clerk: str
    opened_at: datetime
    opening_float: Money
    cash: tuple[CashLine, ...] = ()
    remark: str = ""

    @property
    def amount(self) -> Money:
        return self.opening_float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPapers(Form):
    """一次告知单: what the customer brings to the second visit, told once and completely (ORD-03)."""

    kind = Kind.MISSING_PAPERS
    customer: str
    services: tuple[Text, ...]
    missing: tuple[Text, ...]
    shown: tuple[Text, ...]
    clerk: str
    counter: str
    told_at: datetime


def as_content(value: Any) -> Any:
    """The form as plain data; each value is worded beside its machine form."""
    kind = type(value)
    if kind is str or kind is int:
        return value
    if kind is Money:
        return {"fen": value.fen, "text": value.text, "capitals": value.capitals}
    if names := _field_names(kind):  # type: ignore[arg-type]
        return {name: as_content(getattr(value, name)) for name in names}
    if isinstance(value, datetime):
        return {"iso": value.isoformat(), "text": f"{local(value):%Y-%m-%d %H:%M}"}
    if isinstance(value, date):
        return {"iso": value.isoformat(), "text": value.isoformat()}
    if isinstance(value, tuple | list):
        return [as_content(item) for item in value]
    return value


@lru_cache(maxsize=256)  # structural: there are fewer kinds of form and part
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind)) if is_dataclass(kind) else ()


def canonical(content: dict[str, Any]) -> str:
    """The one spelling of a content that is stored and hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(spelled: str) -> bytes:
    """The hash that stands on the paper and under a signature."""
    return hashlib.sha256(spelled.encode()).digest()
