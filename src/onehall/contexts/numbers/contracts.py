"""What crosses the door of the numbers room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import BasketId, BookId, CounterId, HallId, PremisesId
from onehall.foundation.values.text import Text


class NumberKind(StrEnum):
    """What a number resource names."""

    ACCOUNT = "account"
    TELEPHONE = "telephone"


class NumberState(StrEnum):
    """Where a number stands in its life (ADR-07)."""

    FREE = "free"
    RESERVED = "reserved"
    IN_USE = "in_use"
    QUARANTINED = "quarantined"


OWN = "own"
"""The source of the operator's own lines; every other source is a partner's."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Numbers of `kind` that begin with `prefix` come from `source` (ADR-03)."""

    kind: NumberKind
    prefix: str
    source: str
    name: Text


@dataclass(frozen=True, slots=True)
class NumberClaim:
    """A number that is asked for: which, from which source, for which dwelling."""

    kind: NumberKind
    number: str
    source: str
    dwelling_id: PremisesId | None


@dataclass(frozen=True, slots=True)
class NumberStanding:
    """A number and its state at a moment; a reservation or quarantine that has run out counts as free."""

    kind: NumberKind
    number: str
    state: NumberState
    until: datetime | None
    basket_id: BasketId | None


@dataclass(frozen=True, slots=True)
class DrawnNumber:
    """The number for the next paper, and how many its book has left."""

    book_id: BookId
    number: str
    remaining: int


@dataclass(frozen=True, slots=True)
class BookRange:
    """A book of continuous numbers at a counter. `next_number` is empty when the book is used up."""

    id: BookId
    kind: str
    hall_id: HallId
    counter_id: CounterId
    prefix: str
    first_number: str
    last_number: str
    next_number: str
    remaining: int


@dataclass(frozen=True, slots=True)
class BookState:
    """What a counter can still issue of one kind of paper; `low` asks for a new book (RCP-02)."""

    kind: str
    counter_id: CounterId
    next_number: str
    remaining: int
    low: bool
    books: tuple[BookRange, ...]


class BadAccountName(Refusal):
    """The dwelling's numbers do not make an account name (ADR-02)."""

    code = "numbers.bad_account_name"
    rule = "ADR-02"
    status = 400
    zh = "账号不合规则：{why}。"
    en = "This does not make an account name: {why_en}."
    alternative_zh = "请核对项目、楼号、单元和房号。"
    alternative_en = "Check compound, building, unit and room."


class UnknownLine(Refusal):
    """No prefix tells the source of this number."""

    code = "numbers.unknown_line"
    rule = "ADR-03"
    status = 400
    zh = "号码 {number} 不属于任何已知的线路来源。"
    en = "{number} belongs to no known source of lines."
    alternative_zh = "请核对号码，或请经理在号段表中登记。"
    alternative_en = "Check the number, or ask the manager to enter its prefix."


class NumberTaken(Refusal):
    """Somebody has the number, or it rests (ADR-07)."""

    code = "numbers.taken"
    rule = "ADR-07"
    zh = "{number} {state_zh}，不能再次分配。"
    en = "{number} {state_en} and cannot be given again."
    alternative_zh = "请查询该地址的在用业务，可办理续费或过户。"
    alternative_en = "Look up the service at this address; it can be renewed or transferred."

    def __init__(
        self, *, number: str, state: NumberState, until: datetime | None = None, field: str | None = None
    ) -> None:
        zh, en = _STANDING[state]
        super().__init__(field=field, number=number, state=state.value, state_zh=zh, state_en=en, until=until)


_STANDING = {
    NumberState.FREE: ("空闲", "is free"),
    NumberState.RESERVED: ("已为另一张受理单保留", "is reserved for another basket"),
    NumberState.IN_USE: ("正在使用", "is in use"),
    NumberState.QUARANTINED: ("在冷冻期内", "is in quarantine"),
}


class BookUsedUp(Refusal):
    """The counter has no number left of this kind (RCP-01)."""

    code = "numbers.book_used_up"
    rule = "RCP-01"
    zh = "本台席的{name_zh}已用完，不能继续收款。"
    en = "This counter has no {name_en} numbers left."
    alternative_zh = "请向票据保管员领用新本，登记后继续。"
    alternative_en = "Draw a new book from the keeper; once it is entered you can go on."


class BooksOverlap(Refusal):
    """A new book repeats numbers of an earlier one."""

    code = "numbers.books_overlap"
    rule = "RCP-01"
    status = 400
    zh = "号段 {first}—{last} 与已发放的票据本重叠。"
    en = "The range {first}–{last} overlaps a book that was issued before."
    alternative_zh = "请核对票据本封面上的起止号。"
    alternative_en = "Check the first and last number on the book's cover."


class BadBookRange(Refusal):
    """A book whose last number lies before its first."""

    code = "numbers.bad_book_range"
    rule = "RCP-01"
    status = 400
    zh = "票据本的起止号不对：{first}—{last}。"
    en = "A book cannot run from {first} to {last}."
    alternative_zh = "请核对票据本封面上的起止号。"
    alternative_en = "Check the first and last number on the book's cover."


class BadFormSerial(Refusal):
    """Not prefix + yyyymmdd + at least three digits (ORD-07)."""

    code = "numbers.bad_form_serial"
    rule = "ORD-07"
    status = 400
    zh = "流水号“{serial}”不合格式：应为项目代码+年月日+序号。"
    en = "“{serial}” is not a form serial: compound code, date, sequence."
    alternative_zh = "例如 DW20261121004。"
    alternative_en = "For example DW20261121004."
