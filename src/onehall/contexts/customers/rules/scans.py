"""扫描件 Pictures of the papers that a customer showed (LAW-06): what they may be of, and until when they are kept.

There is no kind for a face: of a comparison only its result is kept, never the picture.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.text import Text


class ScanKind(StrEnum):
    IDENTITY_DOCUMENT = "identity_document"
    AGENT_DOCUMENT = "agent_document"
    POWER_OF_ATTORNEY = "power_of_attorney"
    OTHER_PAPER = "other_paper"


SCAN_KINDS = {
    ScanKind.IDENTITY_DOCUMENT: Text("客户证件", "The customer's document"),
    ScanKind.AGENT_DOCUMENT: Text("代办人证件", "The agent's document"),
    ScanKind.POWER_OF_ATTORNEY: Text("授权委托书", "Power of attorney"),
    ScanKind.OTHER_PAPER: Text("其他材料", "Another paper"),
}


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan without its picture; `deleted_at` once it is gone."""

    id: int
    party_id: PartyId
    kind: ScanKind
    purpose: str
    sha256: str
    size: int
    kept_by: str
    kept_at: datetime
    until: datetime
    deleted_at: datetime | None


def kept_until(kept_at: datetime, *, days: int) -> datetime:
    """The moment from which the picture is deleted."""
    return kept_at + timedelta(days=days)


class ScanGone(Refusal):
    code = "customers.scan_gone"
    rule = "LAW-06"
    status = 410
    zh = "这份扫描件已按期删除，只留删除记录。"
    en = "This scan was deleted on schedule; only the record of its deletion is kept."
    alternative_zh = "需要时请客户重新出示证件。"
    alternative_en = "Ask the customer to show the paper again where it is needed."


class ScanNeedsPurpose(Refusal):
    code = "customers.scan_purpose_needed"
    rule = "LAW-06"
    status = 400
    zh = "请写明扫描件用来办什么（保存时）或为什么要看（查看时）。"
    en = "Say what the scan is for (to keep it), or why it is looked at (to see it)."
    alternative_zh = "例如：办理宽带新装；核对签名。用途会盖在图上，查看会留记录。"
    alternative_en = "For example: new broadband; comparing a signature. The purpose is stamped on it, every look is recorded."
