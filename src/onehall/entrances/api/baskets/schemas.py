"""Baskets as JSON."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from onehall.contexts.orders import api as orders
from onehall.entrances.api.shared.schema import (
    Amount,
    Bilingual,
    Business,
    Count,
    Given,
    Id,
    Moment,
    Sentence,
    Shown,
    Word,
)
from onehall.foundation.documents.signing import Signing
from onehall.foundation.documents.strokes import Pad
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period
from onehall.steps.household import LineChange, LineWanted
from onehall.steps.papers_due import Checklist


class Span(Shown):
    """From its start up to, not including, its end."""

    start: Moment
    end: Moment


def _span(value: Any) -> Any:
    return {"start": value.start, "end": value.end} if isinstance(value, Period) else value


Spanned = Annotated[Span | None, BeforeValidator(_span)]


class Item(Shown):
    """A line of the basket; `period` is a preview of what will be booked, `rules` say what made the price."""

    id: int
    line: int
    business: str
    offering: str
    name: Bilingual
    quantity: int
    amount: Amount
    period: Spanned
    dwelling_id: int | None
    subscription_id: int | None
    rules: list[str]


class Basket(Shown):
    """What one customer wants at one counter."""

    id: int
    hall_id: int
    counter_id: int
    party_id: int
    state: orders.BasketState
    opened_at: Moment
    hold_reason: str
    settled_at: Moment | None
    total: Amount
    items: list[Item]

    @classmethod
    def of(cls, basket: orders.Basket) -> "Basket":
        """Off the room's value."""
        drafts = (
            "business",
            "offering",
            "name",
            "quantity",
            "amount",
            "period",
            "dwelling_id",
            "subscription_id",
        )
        items = [
            Item.model_validate(
                {
                    "id": item.id,
                    "line": item.line,
                    "rules": list(item.draft.rules),
                    **{name: getattr(item.draft, name) for name in drafts},
                }
            )
            for item in basket.items
        ]
        own = [name for name in cls.model_fields if name != "items"]
        return cls.model_validate({**{name: getattr(basket, name) for name in own}, "items": items})


class Baskets(Shown):
    """Oldest first."""

    items: list[Basket]


class TelephoneGiven(Given):
    """A telephone line to be sold: a free number of the compound, features by code, credit and threshold in fen."""

    number: Word
    features: list[Word] = []
    prepaid_fen: Annotated[int, Field(strict=True, ge=0, le=10_000_000)] | None = None
    alarm_fen: Annotated[int, Field(strict=True, ge=0, le=100_000)] | None = None

    def wanted(self) -> LineWanted:
        """As the procedure takes it."""
        prepaid, alarm = (None if fen is None else Money(fen) for fen in (self.prepaid_fen, self.alarm_fen))
        return LineWanted(self.number, tuple(self.features), prepaid, alarm)


class LineChangeGiven(Given):
    """What is to be changed of the telephone line `number`: its plan by an offering's code, features by code, threshold in fen."""

    number: Word
    plan: Word = ""
    features: list[Word] | None = None
    alarm_fen: Annotated[int, Field(strict=True, ge=0, le=100_000)] | None = None

    def wanted(self) -> LineChange:
        """As the procedure takes it."""
        features = None if self.features is None else tuple(self.features)
        alarm = None if self.alarm_fen is None else Money(self.alarm_fen)
        return LineChange(self.number, self.plan, features, alarm)


class ItemGiven(Given):
    """A service for a dwelling; `to` is the dwelling a move takes the line to, `line` the telephone line of a sale or the number
    wanted instead, `change` what is to be changed of a telephone line."""

    home: Id
    business: Business
    offering: Word
    quantity: Annotated[int, Field(strict=True, ge=1, le=99)] = 1
    to: Id | None = None
    line: TelephoneGiven | None = None
    change: LineChangeGiven | None = None


class QuantityGiven(Given):
    """How many instead."""

    quantity: Annotated[int, Field(strict=True, ge=1, le=99)]


class ReasonGiven(Given):
    """Why it waits."""

    reason: Sentence = ""


Point = Annotated[list[float], Field(min_length=2, max_length=4)]


class SignatureGiven(Given):
    """A pen on the paper form, or strokes on glass: points of x, y, milliseconds, pressure, on a pad of this size."""

    method: Literal["paper", "screen"]
    width: Annotated[float, Field(gt=0, le=10_000)] = 300
    height: Annotated[float, Field(gt=0, le=10_000)] = 150
    strokes: list[Annotated[list[Point], Field(max_length=5000)]] = Field([], max_length=200)

    def pad(self) -> Pad | None:
        """The strokes as the house keeps them; None for a pen."""
        if self.method == "paper":
            return None
        strokes = tuple(tuple(_whole(point) for point in stroke) for stroke in self.strokes)
        return Pad(self.width, self.height, strokes)


def _whole(point: list[float]) -> tuple[float, float, float, float]:
    """A pad that knows no time or pressure leaves them out."""
    x, y, moment, pressure = [*point, 0.0, 0.5][:4] if len(point) == 2 else [*point, 0.5][:4]
    return x, y, moment, pressure


class Signed(Shown):
    """How the form was signed (empty: not yet), and where the request on the display stands (empty: none)."""

    method: str
    document_id: int | None
    signed_at: Moment | None
    request: str
    wrong: str

    @classmethod
    def of(cls, signature: orders.SignatureRecord | None, asked: Signing | None) -> "Signed":
        """From what the room knows of both."""
        return cls(
            method=signature.method if signature else "", document_id=signature.document_id if signature else None,
            signed_at=signature.at if signature else None, request=asked.state if asked else "",
            wrong=asked.wrong or "" if asked else "",
        )  # fmt: skip


class Issued(Shown):
    """The acceptance form that was issued."""

    document_id: int
    serial: str
    sha256: str


__all__ = [
    "Basket", "Baskets", "Count", "Issued", "Item", "ItemGiven", "QuantityGiven", "ReasonGiven", "SignatureGiven", "Signed", "Span",
    "Spanned",
]  # fmt: skip


class PapersGiven(Given):
    """The codes of the papers that were seen."""

    seen: list[Word] = Field(max_length=20)


class PaperAsked(Shown):
    """One paper, by its code, and whether it was seen."""

    paper: str
    seen: bool


class Papers(Shown):
    """Everything that the basket asks for."""

    items: list[PaperAsked]

    @classmethod
    def of(cls, found: Checklist) -> "Papers":
        """As the checklist has it."""
        return cls(items=[PaperAsked(paper=paper, seen=seen) for paper, seen in found.papers])
