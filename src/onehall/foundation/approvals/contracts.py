"""What approvals hand out, and their refusals."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import HallId, UserId


class State(StrEnum):
    """How a request stands at a moment."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: `body` in codes that say exactly what (never personal data), its `size` in the kind's unit,
    and every hall whose matter it is. Whoever decides must hold the permission in each of them. The staff number of a
    person whom it concerns stands in `body` as `concerns`: they do not decide."""

    kind: str
    subject: str
    body: dict[str, Any]
    size: int
    reason: str
    halls: tuple[HallId, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as pages show it. `decided_for` is the staff number whose right was used, where it was lent."""

    id: int
    kind: str
    subject: str
    body: dict[str, Any]
    size: int
    reason: str
    hall_id: HallId
    halls: tuple[HallId, ...]
    asked_by: str
    asked_user: UserId
    asked_person: str
    asked_at: datetime
    expires_at: datetime
    approved: bool | None
    decided_by: str
    decided_for: str
    decided_at: datetime | None
    note: str
    usable_until: datetime | None
    closed_why: str
    state: State


@dataclass(frozen=True, slots=True)
class Delegation:
    """The right to decide, lent from one person to another for some days."""

    id: int
    from_name: str
    from_user: UserId
    to_name: str
    to_user: UserId
    hall_id: HallId
    start: datetime
    end: datetime
    reason: str
    ended_at: datetime | None


class OwnRequest(Refusal):
    """Whoever asked or is concerned would decide: by themselves, by another login of theirs, or by their own right lent to somebody."""

    code = "approvals.own_request"
    rule = "SEC-04"
    status = 403
    zh = "自己申请的、关系到自己的，自己不能批，换一个账号登录、用申请人委托的审批权也不行。"
    en = "Nobody decides on what they asked for or what concerns them, not from another login and not by a right that the asker lent."
    alternative_zh = "请另一位有审批权的人办理。"
    alternative_en = "Ask another person who may decide."


class AlreadyDecided(Refusal):
    """Somebody else was quicker."""

    code = "approvals.already_decided"
    rule = "SEC-04"
    zh = "这项申请已由{who}办过了，没有再改。"
    en = "{who_en} has already decided on this request; nothing was changed."
    alternative_zh = "请刷新页面查看结果；要改，请申请人重新申请。"
    alternative_en = "Reload to see the outcome; to change it, the asker asks again."


class ApprovalGone(Refusal):
    """Too late: lapsed, withdrawn, or used already."""

    code = "approvals.gone"
    rule = "SEC-04"
    zh = "这项申请{why}，不能再办。"
    en = "This request {why_en}; nothing can be done with it any more."
    alternative_zh = "还需要的话，请重新申请。"
    alternative_en = "If it is still needed, ask again."


class ApprovalNotFitting(Refusal):
    """An approval is used for something else, by somebody else, or for much more than was approved."""

    code = "approvals.not_fitting"
    rule = "SEC-04"
    zh = "批准的不是这一项：{why}。"
    en = "This is not what was approved: {why_en}."
    alternative_zh = "请照批准的内容办，或者重新申请。"
    alternative_en = "Do exactly what was approved, or ask again."


class NoteMissing(Refusal):
    """A refusal without a reason helps nobody."""

    code = "approvals.note_missing"
    rule = "SEC-04"
    status = 400
    zh = "不批准要写明原因。"
    en = "A decision against it needs its reason."
    alternative_zh = "请在“意见”里写一句，申请人看得到。"
    alternative_en = "Write a sentence into “remark”; the asker reads it."


class DelegationRefused(Refusal):
    """The right to decide cannot be lent like this."""

    code = "approvals.delegation_refused"
    rule = "SEC-04"
    status = 400
    zh = "不能这样委托：{why}。"
    en = "It cannot be lent like this: {why_en}."
    alternative_zh = "请检查受托人和起止日期。"
    alternative_en = "Check the person and the days."
