"""What workforce hands out, and its refusals."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import HallId, PartyId, PersonId, UserId


class Step(StrEnum):
    """What may happen to an enquiry."""

    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    ANSWER = "answer"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """An enquiry as it stands. `first` took it and closes it; `holder` works on it; `offered_to` has not said yes yet."""

    id: int
    hall_id: HallId
    what: str
    party_id: PartyId | None
    first: UserId
    first_name: str
    holder: UserId
    holder_name: str
    offered_to: UserId | None
    offered_name: str
    taken_at: datetime
    due_at: datetime
    outcome: str
    answered_by: str
    answered_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Handover:
    """One attempt to pass it on; `accepted` None waits."""

    from_name: str
    to_name: str
    note: str
    offered_at: datetime
    accepted: bool | None
    answered_at: datetime | None
    remark: str


class Duty(StrEnum):
    """What a hall has a keeper for (ORG-08)."""

    SAFETY = "safety"
    CARDS = "cards"
    INVOICES = "invoices"
    DEVICE = "device"
    CORNER = "corner"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps it; `what` names the device or corner."""

    id: int
    duty: Duty
    what: str
    person_id: PersonId
    name: str
    staff_no: str
    named_at: datetime


@dataclass(frozen=True, slots=True)
class Lesson:
    """The confidentiality lesson, passed."""

    person_id: PersonId
    passed_on: date


class NotYours(Refusal):
    """The step is another person's."""

    code = "workforce.not_yours"
    rule = "ORD-04"
    zh = "这一步要由{who}来办。"
    en = "This step is {who_en}'s."
    alternative_zh = "首问负责：受理人全程负责，转交要接手人同意。"
    alternative_en = (
        "Whoever was asked first sees it through; it is passed on only when the receiver accepts."
    )


class NotNow(Refusal):
    """The enquiry is not at this step."""

    code = "workforce.not_now"
    rule = "ORD-04"
    zh = "现在不能这样办：{why}。"
    en = "Not now: {why_en}."
    alternative_zh = "请刷新页面，看看进行到哪一步。"
    alternative_en = "Reload the page and see how far it has come."


class Unsaid(Refusal):
    """Words are missing, or hold a long number."""

    code = "workforce.unsaid"
    rule = "ORD-04"
    status = 400
    zh = "“{field_name}”{why}。"
    en = "“{field_name_en}” {why_en}."
    alternative_zh = "请写一句话；电话、证件等号码不要写在这里，客户资料里有。"
    alternative_en = "Write a sentence; no telephone or ID numbers here, they are in the customer's record."
