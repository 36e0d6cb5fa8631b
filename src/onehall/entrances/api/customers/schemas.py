"""Customers as JSON: what is taken down, and what is shown of them, always masked (SEC-07)."""

from pydantic import Field

from onehall.contexts.customers import api as customers
from onehall.entrances.api.shared.schema import (
    Amount,
    Bilingual,
    Day,
    Given,
    Id,
    Moment,
    Number,
    Sentence,
    Shown,
    Word,
)
from onehall.foundation.values.ids import PartyId


class Hit(Shown):
    """One line of a search; `id` is that of a customer, account, order, receipt or dwelling, by `kind`."""

    kind: str
    id: int
    title: str
    subtitle: str
    badge: str
    party_id: int | None


class Hits(Shown):
    """The surest first."""

    items: list[Hit]


class DocumentGiven(Given):
    """An identity document as read from it."""

    kind: customers.DocumentKind
    number: Word
    valid_until: Day | None = None


class PaperGiven(Given):
    """A paper and what was done with it."""

    kind: customers.PaperKind
    original: bool = False
    copied: bool = Field(False, description="留了复印件 a copy was kept")
    sealed: bool = False


class AgentGiven(Given):
    """Who acts for the customer."""

    name: Word
    document: DocumentGiven
    phone: Word = ""


class AgreedGiven(Given):
    """What the customer agreed to: the version of the notice they were told, and their document number apart from it."""

    version: Word
    notice: bool
    sensitive: bool


class CustomerGiven(Given):
    """Everything taken down when a customer is registered; `agreed` before all the rest (LAW-30)."""

    kind: customers.PartyKind
    name: Word
    document: DocumentGiven
    phones: list[Word] = Field(min_length=1, max_length=5)
    papers: list[PaperGiven] = Field(max_length=10)
    agreed: AgreedGiven
    agent: AgentGiven | None = None
    address: Word = ""
    language: Word = customers.USUAL

    def consent(self) -> customers.Agreed:
        """As the journey takes it."""
        return customers.Agreed(**self.agreed.model_dump())

    def value(self) -> customers.CustomerGiven:
        """As the journey takes it."""
        return customers.CustomerGiven(
            kind=self.kind,
            name=self.name,
            document=_document(self.document),
            phones=tuple(self.phones),
            papers=tuple(
                customers.Paper(one.kind, original=one.original, copy=one.copied, sealed=one.sealed)
                for one in self.papers
            ),
            agent=customers.AgentGiven(self.agent.name, _document(self.agent.document), self.agent.phone)
            if self.agent
            else None,
            address=self.address,
            language=self.language,
        )


def _document(given: DocumentGiven) -> customers.DocumentGiven:
    return customers.DocumentGiven(given.kind, given.number, given.valid_until)


class Card(Shown):
    """A customer, masked."""

    id: int
    kind: customers.PartyKind
    name: str
    document_kind: customers.DocumentKind | None
    document_masked: str
    phone_masked: str
    registered_hall_id: int


class PurposeGiven(Given):
    """Why the record is opened."""

    kind: customers.PurposeKind
    verification: customers.Verification | None = None
    case: Word = ""
    reason: Sentence = ""
    for_self: bool = True
    contact: Id | None = None
    contact_document: Word = ""

    def value(self) -> customers.PurposeStated:
        """As the house has it: who acts for an organisation comes with the document shown."""
        facts = self.model_dump(exclude={"contact", "contact_document"})
        acting = (self.contact, self.contact_document) if self.contact else None
        return customers.PurposeStated(**facts, contact=acting)


class Purpose(Shown):
    """A purpose and until when it holds."""

    id: int
    party_id: int
    kind: customers.PurposeKind
    verification: customers.Verification | None
    reason: str
    stated_at: Moment
    valid_until: Moment


class Particular(Shown):
    """One personal field; `field` is its name for revealing it."""

    field: str
    kind: str
    masked: str


class ServiceLine(Shown):
    """A service at a dwelling."""

    subscription_id: int
    kind: str
    account_name: str
    serial: str
    address: Bilingual
    offering: str
    name: Bilingual
    expires_at: Moment | None
    ending_at: Moment | None
    ended_at: Moment | None
    points: int


class OrderLine(Shown):
    """An order of one's own halls."""

    order_id: int
    hall_id: int
    serial: str
    kind: str
    name: Bilingual
    amount: Amount
    accepted_at: Moment
    state: str


class ReceiptLine(Shown):
    """A receipt of one's own halls."""

    receipt_id: int
    payment_id: int
    number: str
    amount: Amount
    issued_at: Moment
    voided_at: Moment | None


class CaseLine(Shown):
    """A work order of one's own halls."""

    work_order_id: int
    order_id: int
    kind: str
    serial: str
    state: str
    waiting_until: Moment | None
    satisfaction: int | None


class Record(Shown):
    """The record under a purpose, every personal field masked; newest first in every part."""

    card: Card
    purpose: Purpose
    particulars: list[Particular]
    agents: list[str]
    registered_at: Moment
    services: list[ServiceLine]
    orders: list[OrderLine]
    receipts: list[ReceiptLine]
    cases: list[CaseLine]


class FieldGiven(Given):
    """Which particular is to be shown."""

    field: Word


class Revealed(Shown):
    """One particular in the clear."""

    field: str
    value: str
    purpose_id: int


class ChangeGiven(Given):
    """One particular with its new value: `field` is name, document:7, phone:3 or phone:new."""

    field: Word
    value: Word


class CorrectionGiven(Given):
    """What is to be corrected and why; `seen` is the newest correction that was looked at, 0 for none."""

    changes: list[ChangeGiven] = Field(min_length=1, max_length=10)
    cause: customers.Cause
    seen: int = Field(0, ge=0)

    def value(self, party_id: PartyId) -> customers.CorrectionGiven:
        """As the journey takes it."""
        changes = tuple(customers.Change(one.field, one.value) for one in self.changes)
        return customers.CorrectionGiven(party_id, changes, self.cause, self.seen)


class Corrected(Shown):
    """The order by which it was done; its basket has the form to sign."""

    party_id: int
    order_id: int
    basket_id: int
    corrections: list[int]


class HomeAsked(Given):
    """The dwelling that is asked about."""

    home: Number
    basket: Number | None = None


class Said(Shown):
    """A no with its rule and what can be done instead."""

    code: str
    rule: str
    detail: str
    alternative: str


class Choice(Shown):
    """Something to do for the household: with its price, or with the reason why not."""

    business: str
    offering: str
    name: Bilingual
    amount: Amount | None
    refused: Said | None


class Choices(Shown):
    """Everything on sale, business by business."""

    items: list[Choice]
