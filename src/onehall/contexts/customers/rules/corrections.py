"""更正 Correcting what is kept of a customer (SEC-05)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.contexts.customers.contracts import Verification
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import HallId, OrderId, PartyId
from onehall.foundation.values.text import Text

ADDED = "new"
"""`phone:new` is a telephone that was not there before."""


class Cause(StrEnum):
    """Why it is corrected: written down wrongly, which counts against whoever wrote it, or the customer's own change."""

    ENTRY = "entry"
    CHANGED = "changed"


CAUSES = {
    Cause.ENTRY: Text("原来录错了", "It was entered wrongly"),
    Cause.CHANGED: Text("客户情况变了", "The customer's particulars changed"),
}
NAMES = {
    "name": Text("姓名", "name"),
    "document": Text("证件号码", "document number"),
    "phone": Text("联系电话", "telephone"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One particular with its new value: `field` is name, document:7, phone:3 or phone:new."""

    field: str
    value: str

    @property
    def kind(self) -> str:
        """name, document or phone."""
        return self.field.partition(":")[0]


@dataclass(frozen=True, slots=True)
class CorrectionGiven:
    """What is to be corrected; `seen` is the newest correction that the clerk's screen knew of, 0 for none."""

    party_id: PartyId
    changes: Sequence[Change]
    cause: Cause
    seen: int


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction that was made, both values masked; `entered_by` wrote the old one down."""

    id: int
    kind: str
    cause: Cause
    old: str
    new: str
    entered_by: str
    by: str
    hall_id: HallId
    order_id: OrderId
    at: datetime


class NothingCorrected(Refusal):
    code = "customers.nothing_corrected"
    rule = "SEC-05"
    status = 400
    zh = "没有要更正的内容：每一项都和原来一样。"
    en = "There is nothing to correct: every particular is as it was."
    alternative_zh = "请在要更正的一项里填写新的内容，其余留空。"
    alternative_en = "Fill in what is to be corrected and leave the rest empty."


class CorrectionNotVerified(Refusal):
    code = "customers.correction_not_verified"
    rule = "SEC-05"
    status = 403
    zh = "更正{what}要客户本人到场，并由您核验{evidence}。"
    en = "The {what_en} is corrected for the customer in person, whose {evidence_en} you have checked."
    alternative_zh = "请返回客户页，以“本人到厅”说明事由并核验，再更正；已填内容会保留。"
    alternative_en = "Go back, state that the customer is present and verify them, then correct it; what was typed is kept."


class CorrectedMeanwhile(Refusal):
    code = "customers.corrected_meanwhile"
    rule = "SEC-05"
    zh = "{by} 刚刚（{at}）更正过这位客户的资料，您填写的没有保存。"
    en = "{by} has just corrected this customer's record ({at}); yours was not saved."
    alternative_zh = "请重新打开更正页，核对现在的资料，再决定还要不要改。"
    alternative_en = (
        "Open the page again, check what is kept now and decide whether anything is left to correct."
    )


class PhoneAlreadyKept(Refusal):
    code = "customers.phone_already_kept"
    rule = "CUS-02"
    status = 400
    zh = "这个电话已登记在这位客户名下。"
    en = "This telephone is kept for this customer already."
    alternative_zh = "不用重复填写；要更正另一个号码，请在那一项里填写。"
    alternative_en = "It need not be entered twice; correct the other number in its own line."


def check_evidence(changes: Iterable[Change], verification: Verification | None) -> None:
    """A name or a document is corrected from the document itself; for a telephone any verification will do (SEC-05)."""
    kinds = {change.kind for change in changes}
    by_document = kinds & {"name", "document"}
    if verification is None or (by_document and verification is not Verification.ID_DOCUMENT):
        named = by_document or kinds
        what = [NAMES[kind] for kind in NAMES if kind in named]
        paper = Text("证件原件", "original document") if by_document else Text("身份", "identity")
        raise CorrectionNotVerified(
            what="、".join(one.zh for one in what), what_en=" and ".join(one.en for one in what),
            evidence=paper.zh, evidence_en=paper.en,
        )  # fmt: skip


def title(kinds: Iterable[str]) -> Text:
    """What the order says: 更正客户资料（姓名、联系电话）."""
    given = set(kinds)
    named = [text for kind, text in NAMES.items() if kind in given]
    return Text(
        f"更正客户资料（{'、'.join(one.zh for one in named)}）",
        f"Correction of {', '.join(one.en for one in named)}",
    )
