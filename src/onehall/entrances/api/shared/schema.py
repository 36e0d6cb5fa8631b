"""What goes in and out: names and bounds of JSON objects, and the small types that they are made of."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Header, Schema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

from onehall.entrances.api.shared.access import LARGEST_ID
from onehall.foundation.values.money import LARGEST_FEN, Money
from onehall.foundation.values.text import Text

Id = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]
Number = Annotated[int, Field(ge=1, le=LARGEST_ID, description="地址里的编号 an id in an address")]
Fen = Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN, description="人民币分 fen of renminbi")]
Count = Annotated[int, Field(strict=True, ge=0, le=1000)]
Word = Annotated[str, StringConstraints(max_length=120)]
Sentence = Annotated[str, StringConstraints(max_length=1000)]
Key = Annotated[
    UUID,
    Header(
        alias="Idempotency-Key",
        description="一次意图一个 UUID；重发同一个，得到第一次的结果 One UUID per intent: sent again, the first result comes back (ORD-13)",
    ),
]


class Given(Schema):
    """What is sent: a name that is not known is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")


class Shown(BaseModel):
    """What is answered, read off the house's own values."""

    model_config = ConfigDict(from_attributes=True)


class Words(Shown):
    """A text in both languages."""

    zh: str
    en: str


def _fen(value: Any) -> Any:
    return value.fen if isinstance(value, Money) else value


def _words(value: Any) -> Any:
    return Words(zh=value.zh, en=value.en) if isinstance(value, Text) else value


Amount = Annotated[int, BeforeValidator(_fen), Field(description="人民币分 fen of renminbi")]
Bilingual = Annotated[Words, BeforeValidator(_words)]
Moment = datetime
Day = date
Business = Literal[
    "new_broadband", "renewal", "additional_point", "router_setup", "speed_change", "move", "suspension", "new_fixed_line",
    "telephone_point", "line_plan", "line_features", "line_number", "line_move", "line_suspension", "line_resumption",
]  # fmt: skip


class ErrorLine(Shown):
    """One input at fault."""

    field: str
    message: str


class Problem(Shown):
    """An error as RFC 9457 has it: `code` is closed, `rule` is the rule that says no, `alternative` what can be done instead."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    rule: str = ""
    alternative: str = ""
    errors: list[ErrorLine] = []
    party_id: int | None = None


__all__ = [
    "Amount", "Bilingual", "Business", "Count", "Day", "Fen", "Given", "Id", "Key", "Moment", "Number", "PlainSerializer",
    "Problem", "Sentence", "Shown", "Word", "Words",
]  # fmt: skip
