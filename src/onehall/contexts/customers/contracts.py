"""What crosses the door of customers: values and refusals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.values.ids import HallId, PartyId, PremisesId, UserId


class PartyKind(StrEnum):
    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"


class DocumentKind(StrEnum):
    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    MILITARY_ID = "military_id"
    HONG_KONG_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGN_RESIDENT_ID = "foreign_resident_id"
    CREDIT_CODE = "credit_code"


ContactKind = StrEnum("ContactKind", "MOBILE LANDLINE")


class PaperKind(StrEnum):
    IDENTITY_DOCUMENT = "identity_document"
    INTRODUCTION_LETTER = "introduction_letter"
    POWER_OF_ATTORNEY = "power_of_attorney"
    AGENT_DOCUMENT = "agent_document"


class PremisesKind(StrEnum):
    COMPOUND = "compound"
    BUILDING = "building"
    UNIT = "unit"
    DWELLING = "dwelling"


class PurposeKind(StrEnum):
    """The three business reasons of SEC-01."""

    PRESENT_VERIFIED = "present_verified"
    OPEN_CASE = "open_case"
    BREAK_GLASS = "break_glass"


class Verification(StrEnum):
    """How the customer proved to be the customer (SEC-02)."""

    ID_DOCUMENT = "id_document"
    SERVICE_PASSWORD = "service_password"  # noqa: S105 - a kind, not a secret
    ONE_TIME_CODE = "one_time_code"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and what was done with it: the original seen, a copy kept, a seal on it; by and at once it was shown."""

    kind: PaperKind
    original: bool = False
    copy: bool = False
    sealed: bool = False
    shown_at: datetime | None = None
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class DocumentGiven:
    """An identity document as typed or read by a reader."""

    kind: DocumentKind
    number: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AgentGiven:
    """Who acts for the customer: an agent, or the guardian of a child."""

    name: str
    document: DocumentGiven
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CustomerGiven:
    """Everything taken down when a customer is registered; `address` for post, if not at a dwelling; `language` of messages."""

    kind: PartyKind
    name: str
    document: DocumentGiven
    phones: Sequence[str]
    papers: Sequence[Paper]
    agent: AgentGiven | None = None
    address: str = ""
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """What any clerk sees: the name, everything else masked (SEC-07)."""

    id: PartyId
    kind: PartyKind
    name: str
    document_kind: DocumentKind | None
    document_masked: str
    phone_masked: str
    registered_hall_id: HallId


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a printed form and an installer's order carry; for papers of the customer's own order only, never a screen."""

    name: str
    document_kind: DocumentKind | None
    document: str
    phone: str
    agent: str
    papers: tuple[PaperKind, ...]


@dataclass(frozen=True, slots=True)
class Particular:
    """One personal field of a record: `field` is its name for `reveal_field` (document:7, phone:3, address)."""

    field: str
    kind: str
    masked: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """A stated purpose, and until when it opens the record."""

    id: int
    party_id: PartyId
    by_id: UserId
    by_name: str
    hall_id: HallId
    kind: PurposeKind
    verification: Verification | None
    case: str
    reason: str
    stated_at: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class PurposeStated:
    """A purpose as the clerk states it; `for_self`: the customer asks about themself (SEC-02); `contact`: who acts, the document shown."""

    kind: PurposeKind
    verification: Verification | None = None
    case: str = ""
    reason: str = ""
    for_self: bool = True
    contact: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """The full record, opened under `purpose`; every personal field still masked, to be revealed one by one."""

    card: CustomerCard
    purpose: Purpose
    particulars: tuple[Particular, ...]
    papers: tuple[Paper, ...]
    agents: tuple[str, ...]
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Revealed:
    """One field in the clear, for the eyes of whoever holds the purpose."""

    field: str
    value: str
    purpose_id: int


@dataclass(frozen=True, slots=True)
class PremisesView:
    """A node of the tree compound → building → unit → room (ADR-01); `compound`, `building`, `unit`, `room` are set as far down as the node lies."""

    id: PremisesId
    kind: PremisesKind
    parent_id: PremisesId | None
    compound: str
    building: str
    unit: str
    room: str
    label: str
    label_en: str
