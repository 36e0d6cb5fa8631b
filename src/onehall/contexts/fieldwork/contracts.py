"""What crosses the door of fieldwork, and what it refuses."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.text import Text

State = StrEnum(
    "State",
    "TO_DISPATCH DISPATCHED TO_VISIT IN_WORK TO_RETURN TO_FOLLOW_UP TO_ARCHIVE ARCHIVED WITHDRAWN",
)
"""What a case waits for, in the order a case takes; `rules.state_of` derives it."""

Sign = StrEnum("Sign", "STROKES PAPER SEAL CONFIRMED")
"""How somebody signed: strokes on glass, a pen on the paper sheet, a seal, a confirmation in one's own session."""

CallOutcome = StrEnum("CallOutcome", "UNANSWERED PASSED FAILED")
"""Whether anybody picked up, and what they said (WRK-05)."""

Strokes = tuple[tuple[tuple[float, float, float, float], ...], ...]
"""Points of x, y (0 to 1 of the field), milliseconds since the first point, pressure (LAW-32)."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask for on the spot; lists carry it masked, work sheets in clear."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class LineTest:
    """Measured on the spot: kbit/s down and up, lost packets in ‰."""

    down_kbps: int
    up_kbps: int
    loss_permille: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """An entry of the profile's catalogue; up to `free_quantity` a visit is supplied, the rest is the customer's (FEE-02)."""

    code: str
    name: Text
    unit: Text
    free_quantity: int


@dataclass(frozen=True, slots=True)
class MaterialUse:
    """What was used on a visit; `own` is the customer's own."""

    code: str
    quantity: int
    own: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What has happened to a case; `started_at` is that of a visit under way, `follow_up` whether a call is owed at the end."""

    handed_at: datetime | None = None
    signed_at: datetime | None = None
    installer_id: int | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    passed_at: datetime | None = None
    archived_at: datetime | None = None
    withdrawn_at: datetime | None = None
    follow_up: bool = True


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """A case. `stage` is what happened last (状态, WRK-01); `waiting_until` the limit of what it waits for, None when closed."""

    id: ids.WorkOrderId
    hall_id: ids.HallId
    order_id: ids.OrderId
    party_id: ids.PartyId
    dwelling_id: ids.PremisesId
    subscription_id: ids.SubscriptionId | None
    compound: str
    kind: str
    serial: str
    account: str
    contact: Contact
    address: str
    offering: Text
    points: int
    start_on: date | None
    department: str
    accepted_at: datetime
    due_at: datetime
    waiting_until: datetime | None
    facts: Facts
    state: State
    stage: Text
    handed_by: str
    project_manager_id: ids.UserId | None
    project_manager: str
    installer: str
    visit_id: ids.VisitId | None
    tries: int


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list; `after` fetches the next one, None at the end."""

    items: tuple[WorkOrder, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit; `done` is None while it lasts, False when nothing could be done."""

    id: ids.VisitId
    installer: str
    started_at: datetime
    ended_at: datetime | None
    done: bool | None
    points: int
    note: str
    test: LineTest | None
    materials: tuple[MaterialUse, ...]
    signature_sha256: str


@dataclass(frozen=True, slots=True)
class Call:
    """One try of a follow-up (WRK-05)."""

    at: datetime
    by: str
    outcome: CallOutcome
    satisfaction: int | None
    handled: str


class WrongState(Refusal):
    """A step before its turn, or twice."""

    code = "fieldwork.wrong_state"
    rule = "WRK-04"
    zh = "工单 {serial} 现在是“{state}”，不能{step}。"
    en = "Work order {serial} is “{state_en}”: {step_en} is not its turn."
    alternative_zh = "请先看工单的经过，办完前一步再来。"
    alternative_en = "See what has happened to it and finish the step before."


class NotYourWork(Refusal):
    """Signing or working in another's name."""

    code = "fieldwork.not_yours"
    rule = "WRK-02"
    status = 403
    zh = "工单 {serial} 交给的是{who}，不能由别人{step}。"
    en = "Work order {serial} was given to {who}: {step_en} is for nobody else."
    alternative_zh = "请由本人办理，或由项目经理改派。"
    alternative_en = "Let that person do it, or have the project manager assign it again."


class NotSigned(Refusal):
    """The signature or seal is missing."""

    code = "fieldwork.not_signed"
    rule = "WRK-02"
    zh = "没有签名或盖章，不能{step}。"
    en = "Without a signature or seal there is no {step_en}."
    alternative_zh = "请在屏幕或单子上签名，单位客户盖章。"
    alternative_en = "Have it signed on the screen or on the sheet; organisations may seal it."


class NotFollowedUp(Refusal):
    """Archiving before a passed follow-up."""

    code = "fieldwork.not_followed_up"
    rule = "WRK-04"
    zh = "工单 {serial} 还没有回访通过，不能归档。"
    en = "Work order {serial} has no passed follow-up and cannot be archived."
    alternative_zh, alternative_en = "请先完成回访。", "Make the follow-up call first."


class BadEntry(Refusal):
    """What was typed cannot be: a measurement, a material, an answer of a call."""

    code = "fieldwork.bad_entry"
    rule = "WRK-04"
    status = 400
    zh = "{why}"
    en = "{why_en}"
