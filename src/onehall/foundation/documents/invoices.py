"""Invoices on paper and as files, and the slip of whoever asked for one (RCP-04, RCP-05)."""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.foundation.documents.contracts import Kind
from onehall.foundation.documents.forms import Form
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One service; `rate` in words (6%, 不征税), `net` and `tax` add up to what was paid for it."""

    label: Text
    category: str
    quantity: int
    net: Money
    rate: str
    tax: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice(Form):
    """发票, blue or red; the serial of the document is its number. `remark` of a red one names the number that it reverses."""

    kind = Kind.INVOICE
    title: Text
    buyer: str
    buyer_tax_no: str
    lines: tuple[InvoiceLine, ...]
    net: Money
    tax: Money
    total: Money
    receipt: str
    issued_at: datetime
    issuer: str
    remark: str = ""

    @property
    def amount(self) -> Money:
        return self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRequest(Form):
    """开票申请单: what the customer keeps until the invoice is ready, and until when it is collected."""

    kind = Kind.INVOICE_REQUEST
    buyer: str
    what: Text
    receipt: str
    total: Money
    asked_at: datetime
    ready_on: date
    collect_by: date
    clerk: str

    @property
    def amount(self) -> Money:
        return self.total
