"""Registers on paper: a list as the book it replaces, and the sheet of one subscriber (REC-01)."""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.foundation.documents.contracts import Kind
from onehall.foundation.documents.forms import Form
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BookColumn:
    """A column of a printed book: its heading, and its width beside the others'."""

    heading: Text
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Form):
    """登记簿: a list of a period as the paper book it replaces (REC-01); numbers of persons are masked in it."""

    kind = Kind.REGISTER
    title: Text
    period: str
    columns: tuple[BookColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration(Form):
    """用户登记表: one subscriber in the fields of the manual (ORD-08), for the customer to check and sign; the password never."""

    kind = Kind.REGISTRATION
    account: str
    compound: str
    customer: str
    paper: Text
    paper_number: str
    phone: str
    address: str
    installer: str
    product: Text
    prepaid: Money | None
    points: int
    starts_on: date | None
    ends_on: date | None
    registered_at: datetime
    clerk: str
    remark: str = ""

    @property
    def amount(self) -> Money | None:
        return self.prepaid
