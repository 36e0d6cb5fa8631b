"""Who a customer is to the hall: VIP level, key account with its supervisor, and who may act for an organisation (CUS-07)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.contexts.customers.rules.not_acting import (
    ContactExpired,
    ContactUnknown,
    MandateIncomplete,
    NotAuthorised,
    ReasonNeeded,
)
from onehall.foundation.values.ids import PartyId, UserId
from onehall.foundation.values.period import add_months
from onehall.foundation.values.text import Text


class VipLevel(StrEnum):
    """The levels, the lowest first; NONE takes a level away."""

    NONE = "none"
    SILVER = "silver"
    GOLD = "gold"
    DIAMOND = "diamond"


class Mandate(StrEnum):
    """What a contact may do for the organisation; asking about its services is part of each."""

    INQUIRE = "inquire"
    ORDER = "order"
    END = "end"


ORGANISATION = Text("单位", "Organisation")
LEVELS = {
    VipLevel.NONE: Text("普通", "none"),
    VipLevel.SILVER: Text("银卡", "Silver"),
    VipLevel.GOLD: Text("金卡", "Gold"),
    VipLevel.DIAMOND: Text("钻石卡", "Diamond"),
}
MANDATES = {
    Mandate.INQUIRE: Text("查询", "ask"),
    Mandate.ORDER: Text("办理、续费、变更", "order, renew, change"),
    Mandate.END: Text("拆机、过户、更正资料", "take out, pass on, correct"),
}
_SHORTEST = 4  # structural: keeps out empty words, decides nothing


@dataclass(frozen=True, slots=True)
class Vip:
    """A level that holds, who gave it and why, and when it is looked at again."""

    level: VipLevel
    reason: str
    by_name: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class AuthorisedContact:
    """Somebody who may act for an organisation; the document is masked. `until` is the last day."""

    id: int
    party_id: PartyId
    name: str
    document_masked: str
    mandates: frozenset[Mandate]
    until: date
    ended_at: datetime | None

    def holds(self, on: date) -> bool:
        """Whether the authorisation stands on that day."""
        return self.ended_at is None and on <= self.until


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it: `supervisor` is the person responsible for the account, with the name."""

    vip: Vip | None
    supervisor: tuple[UserId, str] | None
    contacts: tuple[AuthorisedContact, ...]


def check_reason(reason: str) -> str:
    """Why a level is given or taken, as it is kept. ReasonNeeded."""
    said = " ".join(reason.split())[:200]
    if len(said) < _SHORTEST:
        raise ReasonNeeded(field="reason")
    return said


def vip_end(at: datetime, *, months: int) -> datetime:
    """Until when a level holds before it is looked at again; the moment itself is outside."""
    return add_months(at, months)


def check_mandate(
    mandates: frozenset[Mandate], until: date | None, *, on: date
) -> tuple[frozenset[Mandate], date]:
    """What may be done and until when; MandateIncomplete names the field."""
    if not mandates:
        raise MandateIncomplete(field="mandates", why="没有写能办什么", why_en="what may be done is missing")
    if until is None:
        raise MandateIncomplete(field="until", why="没有写到哪一天", why_en="the last day is missing")
    if until < on:
        raise MandateIncomplete(field="until", why="到期日已经过了", why_en="the last day is over already")
    return mandates | {Mandate.INQUIRE}, until


def check_acting(contact: AuthorisedContact, *, shown: bool, wanted: Mandate, on: date) -> None:
    """`shown`: the document that was laid on the counter is this contact's. ContactUnknown, ContactExpired, NotAuthorised."""
    if not shown:
        raise ContactUnknown(field="contact_document")
    if not contact.holds(on):
        ended = (
            ("已被撤销", "was withdrawn")
            if contact.ended_at
            else (f"已于 {contact.until} 到期", f"ended on {contact.until}")
        )
        raise ContactExpired(field="contact", name=contact.name, why=ended[0], why_en=ended[1])
    if wanted not in contact.mandates:
        words = MANDATES[wanted]
        raise NotAuthorised(name=contact.name, what=words.zh, what_en=words.en)


@dataclass(frozen=True, slots=True)
class Precedence:
    """How far ahead a customer stands where customers wait; `words` say why, None for everybody else."""

    rank: int
    words: Text | None


def precedence(level: VipLevel, *, organisation: bool) -> Precedence:
    """Higher levels first, then organisations, then all others (CUS-07, ORD-16)."""
    if level is not VipLevel.NONE:
        return Precedence(1 + list(VipLevel).index(level), LEVELS[level])
    return Precedence(1, ORGANISATION) if organisation else Precedence(0, None)
