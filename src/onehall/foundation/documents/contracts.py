"""What crosses the door of the documents part, and what it refuses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import DocumentId, HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


class Kind(StrEnum):
    """The forms there are; each has a template of the same name."""

    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    INSTALLATION = "installation"
    DISPATCH = "dispatch"
    FOLLOW_UP = "follow_up"
    DRAWER = "drawer"
    MISSING_PAPERS = "missing_papers"
    REGISTER = "register"
    REGISTRATION = "registration"
    DRAWER_REPORT = "drawer_report"
    JOURNAL = "journal"
    DAY_REPORT = "day_report"
    BAG_LABEL = "bag_label"
    PERIOD = "period"
    RED_RECEIPT = "red_receipt"
    INVOICE = "invoice"
    INVOICE_REQUEST = "invoice_request"
    BALANCE_REFUND = "balance_refund"

    @property
    def heading(self) -> Text:
        """The name at the head of the paper."""
        return _TITLES[self]


_TITLES = {
    Kind.RECEIPT: Text("收据", "Receipt"),
    Kind.ACCEPTANCE: Text("业务受理单", "Acceptance form"),
    Kind.INSTALLATION: Text("装机单", "Installation order"),
    Kind.DISPATCH: Text("发单登记表", "Dispatch register"),
    Kind.FOLLOW_UP: Text("回访单", "Follow-up sheet"),
    Kind.DRAWER: Text("开箱单", "Drawer opening slip"),
    Kind.MISSING_PAPERS: Text("一次告知单", "What is still missing"),
    Kind.REGISTER: Text("登记簿", "Register"),
    Kind.REGISTRATION: Text("用户登记表", "Registration form"),
    Kind.DRAWER_REPORT: Text("钱箱报告", "Drawer report"),
    Kind.JOURNAL: Text("日记账", "Daily journal"),
    Kind.DAY_REPORT: Text("营业日报", "Day report"),
    Kind.BAG_LABEL: Text("缴款封包单", "Deposit bag label"),
    Kind.PERIOD: Text("月结单", "Month close"),
    Kind.RED_RECEIPT: Text("红字收据", "Red receipt"),
    Kind.INVOICE: Text("发票", "Invoice"),
    Kind.INVOICE_REQUEST: Text("开票申请单", "Invoice request"),
    Kind.BALANCE_REFUND: Text("退余额单", "Balance refund"),
}


class Medium(StrEnum):
    """How a copy leaves the system: as a file for the browser, or over the wire to a receipt printer."""

    PDF = "pdf"
    THERMAL = "thermal"


class Outcome(StrEnum):
    """What is known about a print. `UNCLEAR`: everything was sent but the printer never confirmed.

    `SENDING` that never ends is a program that stopped in between; as with `UNCLEAR`, the copy may be on paper.
    """

    SENDING = "sending"
    PRINTED = "printed"
    FAILED = "failed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Document:
    """A stored paper. `content` is what `forms.as_content` made of the form; `sha256` is its hash in hex."""

    id: DocumentId
    kind: Kind
    hall_id: HallId
    hall_name: Text
    code: str
    serial: str
    template_version: int
    content: dict[str, Any]
    sha256: str
    issued_by: str
    issued_at: datetime
    subject: str
    subject_id: int


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One attempt to put a copy on paper. `copy` 1 is the original; `place` is hall and counter in words."""

    id: int
    document_id: DocumentId
    copy: int
    medium: Medium
    printer: str
    place: Text
    by: str
    at: datetime
    reason: str
    outcome: Outcome
    failure: str = ""

    @property
    def original(self) -> bool:
        """Whether this copy carries no 补打 mark."""
        return self.copy == 1


@dataclass(frozen=True, slots=True)
class Claim:
    """A print that was asked for. `mine` is False when the same intent asked before: whoever asked first sends it."""

    job: PrintJob
    mine: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """What anybody holding a paper's code may know: no name, no address, no account (REC-03, SEC-02)."""

    kind: Kind
    hall: Text
    issued_at: datetime
    serial: str
    amount: Money | None
    sha256: str
    prints: int


class AlreadyPrinted(Refusal):
    """A second original of a receipt."""

    code = "documents.already_printed"
    rule = "RCP-01"
    zh = "{title}{serial} 的正本已经打印过，不能再出正本。"
    en = "The original of {title_en} {serial} has been printed; there is no second original."
    alternative_zh = "请办理补打：单上会注明“补打”和第几份。"
    alternative_en = "Ask for a reprint: it is marked as such and numbered."


class RegisterTooLong(Refusal):
    """More lines than a book is printed with at once."""

    code = "documents.register_too_long"
    rule = "REC-01"
    zh = "这段时间有 {rows} 条，一次最多打印 {most} 条，没有打印。"
    en = "There are {rows} entries in this period, at most {most} are printed at once; nothing was printed."
    alternative_zh = "请缩短起止日期分几次打印，或导出成 Excel。"
    alternative_en = "Shorten the period and print in parts, or export to Excel."


class ReprintNeedsReason(Refusal):
    """A reprint without a reason."""

    code = "documents.reason_needed"
    rule = "RCP-01"
    status = 400
    zh = "补打要写明原因。"
    en = "A reprint needs its reason."
    alternative_zh = "例如：客户遗失、卡纸、字迹不清。"
    alternative_en = "For example: lost by the customer, paper jam, illegible."
