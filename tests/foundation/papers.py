"""Papers to print: a receipt of 王建国's year of broadband, and whoever issues it."""

from datetime import datetime
from typing import Any

from onehall.foundation.documents.contracts import Document, Kind
from onehall.foundation.documents.forms import (
    Form,
    Letterhead,
    Receipt,
    ReceiptLine,
    TenderLine,
    as_content,
    canonical,
    sha256,
)
from onehall.foundation.documents.services import issue_document
from onehall.foundation.identity.models import User
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId, DocumentId, HallId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text

NOON = datetime(2026, 11, 21, 12, tzinfo=CHINA)
PLACE = Text("试验厅 3号台席", "Test hall, counter 3")
HEAD = Letterhead(
    operator=Text("试验网络服务公司", "Test Network Services"),
    hall=Text("试验通信服务中心", "Test Service Hall"),
    phone="029-68690000",
    address=Text("试验小区1号楼", "Building 1"),
)


def receipt(payer: str = "王建国（𠮷㛃）", **other: Any) -> Receipt:
    """880 yuan in cash, 1000 handed over."""
    facts: dict[str, Any] = {
        "head": HEAD,
        "payer": payer,
        "account": "dw0120502",
        "address": "馨苑 1号楼 2单元 502室",
        "lines": (
            ReceiptLine(
                label=Text("宽带20M包年", "Broadband 20M, a year"), quantity=1, amount=Money.yuan("880")
            ),
        ),
        "total": Money.yuan("880"),
        "tenders": (TenderLine(label=Text("现金", "Cash"), amount=Money.yuan("880")),),
        "received": Money.yuan("1000"),
        "change": Money.yuan("120"),
        "cashier": "李敏（0213）",
        "counter": "3号台席",
        "paid_at": NOON,
    }
    return Receipt(**{**facts, **other})


def clerk(hall: int = 1, staff_no: str = "0213") -> Actor:
    """李敏 at counter 3."""
    user = User.objects.create(staff_no=staff_no, name="李敏")
    return Actor(
        user_id=UserId(user.pk), name="李敏", staff_no=staff_no, hall_id=HallId(hall), counter_id=CounterId(3),
        permissions=frozenset({"document.print", "receipt.reprint"}), halls=frozenset({HallId(hall)}),
    )  # fmt: skip


def issued(by: Actor, form: Form | None = None) -> Document:
    """A stored receipt, number 0042037."""
    return issue_document(
        form or receipt(),
        hall_id=by.hall_id,
        serial="0042037",
        subject="payment",
        subject_id=7,
        by=by,
        at=NOON,
    )


def loose(form: Form, serial: str = "0042037") -> Document:
    """The same without a database, for typesetting."""
    content = as_content(form)
    return Document(
        id=DocumentId(1), kind=Kind(form.kind), hall_id=HallId(1), hall_name=HEAD.hall, code="K7QF2MXA4TBW",
        serial=serial, template_version=form.version, content=content, sha256=sha256(canonical(content)).hex(),
        issued_by="李敏（0213）", issued_at=NOON, subject="payment", subject_id=7,
    )  # fmt: skip
