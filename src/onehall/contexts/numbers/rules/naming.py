"""Names, serials and printed numbers: values in, values out (ADR-02, ADR-03, ADR-07, ORD-07, RCP-01)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onehall.contexts.numbers.contracts import (
    OWN,
    BadAccountName,
    BadBookRange,
    BadFormSerial,
    NumberKind,
    NumberState,
    Prefix,
    UnknownLine,
)

_NAME = re.compile(r"[a-z0-9]+")
_SERIAL = re.compile(r"([A-Za-z]+)([0-9]{8})([0-9]{3,})")
_PARTS = (("building", "楼号", "building"), ("unit", "单元", "unit"), ("room", "房号", "room"))


def account_name(
    *, compound_code: str, building: str, unit: str, room: str, digits: tuple[int, int, int]
) -> str:
    """ADR-02: compound code + building, unit and room, each zero-padded to its number of `digits`.

    With the digits (2, 1, 4) building 1, unit 2, room 502 of `dw` is `dw0120502`. Raises BadAccountName naming the part
    that does not fit.
    """
    if not re.fullmatch(r"[a-z]+", compound_code):
        raise BadAccountName(
            field="compound",
            why=f"项目代码“{compound_code}”应为小写字母",
            why_en=f"compound code {compound_code!r}",
        )
    name = compound_code
    for (field, zh, en), width, value in zip(_PARTS, digits, (building, unit, room), strict=True):
        significant = value.strip().lstrip("0")
        if not (significant.isascii() and significant.isdigit()) or len(significant) > width:
            raise BadAccountName(
                field=field,
                why=f"{zh}“{value}”应为不超过 {width} 位的数字",
                why_en=f"{en} {value!r} is not 1–{width} digits",
            )
        name += significant.rjust(width, "0")
    return name


def check_account_name(name: str) -> str:
    """The name itself if it is lower-case letters and digits only (ADR-02); else BadAccountName."""
    if not _NAME.fullmatch(name):
        raise BadAccountName(
            field="account", why=f"“{name}”只能用小写字母和数字", why_en=f"{name!r} is not a-z and 0-9"
        )
    return name


def line_source(number: str, prefixes: Iterable[Prefix], *, kind: NumberKind) -> Prefix:
    """ADR-03: the longest prefix decides, since 6869 begins with 6 too. Raises UnknownLine."""
    fitting = [p for p in prefixes if p.kind == kind and number.startswith(p.prefix)]
    if not fitting:
        raise UnknownLine(number=number)
    return max(fitting, key=lambda p: len(p.prefix))


def standing(
    state: NumberState, *, reserved_until: datetime | None, quarantined_until: datetime | None, at: datetime
) -> NumberState:
    """ADR-07: what a recorded state means at `at`; reservations and quarantines end by themselves."""
    ends = {NumberState.RESERVED: reserved_until, NumberState.QUARANTINED: quarantined_until}.get(state)
    return NumberState.FREE if ends is not None and ends <= at else state


def may_take(state: NumberState, *, same_basket: bool) -> bool:
    """ADR-07: free numbers may be reserved or claimed, and what this basket itself reserved."""
    return state == NumberState.FREE or (state == NumberState.RESERVED and same_basket)


@dataclass(frozen=True, slots=True)
class Rest:
    """What becomes of a number that is given back."""

    state: NumberState
    until: datetime | None


def after_release(*, kind: NumberKind, source: str, quarantine_days: int, at: datetime) -> Rest:
    """ADR-07: own account names derive from the dwelling and are free at once; telephone and partner numbers rest first."""
    if (kind == NumberKind.ACCOUNT and source == OWN) or quarantine_days == 0:
        return Rest(NumberState.FREE, None)
    return Rest(NumberState.QUARANTINED, at + timedelta(days=quarantine_days))


def serial_prefix(*, compound_code: str, kind: str) -> str:
    """ORD-07: broadband forms carry the compound code in capitals, fixed-line forms in small letters."""
    return compound_code.lower() if kind == "fixed_line" else compound_code.upper()


def form_serial(*, prefix: str, day: date, sequence: int) -> str:
    """ORD-07: prefix + yyyymmdd + sequence in three digits, more when the day needs them."""
    return f"{prefix}{day:%Y%m%d}{sequence:03d}"


@dataclass(frozen=True, slots=True)
class SerialParts:
    """A form serial taken apart."""

    prefix: str
    day: date
    sequence: int


def parse_form_serial(serial: str) -> SerialParts:
    """The parts of a form serial; BadFormSerial for another shape, a date that never was, or the sequence 0."""
    found = _SERIAL.fullmatch(serial)
    try:
        if found is not None and int(found[3]) > 0:
            parts = SerialParts(found[1], date.fromisoformat(found[2]), int(found[3]))
            if form_serial(prefix=parts.prefix, day=parts.day, sequence=parts.sequence) == serial:
                return parts
    except ValueError:
        pass
    raise BadFormSerial(field="serial", serial=serial)


def serial_on_paper(serial: str) -> SerialParts:
    """The parts of a serial as a paper register writes it: its count may begin at 000."""
    found = _SERIAL.fullmatch(serial)
    if found is None:
        raise BadFormSerial(field="serial", serial=serial)
    return SerialParts(found[1], date.fromisoformat(found[2]), int(found[3]))


def printed_number(*, prefix: str, number: int, width: int) -> str:
    """How a book's number stands on the paper: prefix and zero-padded digits."""
    return f"{prefix}{number:0{width}d}"


def book_size(*, first: int, last: int) -> int:
    """How many papers a book holds; BadBookRange if it runs backwards or from below zero."""
    if first < 0 or last < first:
        raise BadBookRange(first=first, last=last)
    return last - first + 1
