"""Premises in words: labels of the tree (ADR-01), and reading what a person types as an address."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onehall.contexts.customers.rules.refusals import BadPremises

SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class CompoundName:
    """A compound's code and names, against which an address in words is read."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class AddressGuess:
    """What an address says; `compound` empty when it names none, levels below the last one named empty."""

    compound: str
    building: str = ""
    unit: str = ""
    room: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The levels below the compound that are named."""
        return tuple(n for n in (self.building, self.unit, self.room) if n)


_NUMBER = r"0*([0-9]{1,5}[a-z]?|[a-z])"
_GAP = r"[\s\-/,，、_]*"
_BUILDING = rf"{_NUMBER}(?:号楼|号院|栋|幢|座|#|号|楼)?"
_UNIT = rf"{_NUMBER}(?:单元|门|#)?"
_ROOM = rf"{_NUMBER}(?:室|号|房|户)?"
_NEXT = r"(?:(?<=[^0-9a-z])|[\s\-/,，、_]+)"
_NUMBERS = re.compile(
    rf"{_GAP}{_BUILDING}(?:{_GAP}{_NEXT}{_GAP}{_UNIT}(?:{_GAP}{_NEXT}{_GAP}{_ROOM})?)?{_GAP}"
)
_CLEAN = re.compile(r"[0-9]{1,5}[a-z]?|[a-z]")


def path(compound: str, *numbers: str) -> str:
    """The natural key of a node: dw/1/2/502."""
    return SEPARATOR.join((compound, *numbers))


def paths(guess: AddressGuess, compounds: Sequence[CompoundName]) -> list[str]:
    """The nodes an address may mean: one in every compound when it names none."""
    codes = [guess.compound] if guess.compound else [known.code for known in compounds]
    return [path(code, *guess.numbers) for code in codes]


def label(compound_name: str, *numbers: str) -> str:
    """柳花苑1号楼2单元502室, as far down as the numbers go."""
    return compound_name + "".join(n + unit for n, unit in zip(numbers, ("号楼", "单元", "室"), strict=False))


def label_en(compound_name: str, *numbers: str) -> str:
    """Liuhua Yuan, Building 1, Unit 2, Room 502."""
    levels = zip(("Building", "Unit", "Room"), numbers, strict=False)
    return ", ".join([compound_name, *(f"{level} {number}" for level, number in levels)])


def check_code(code: str, *, field: str = "code") -> None:
    """A compound's code begins account names (ADR-02), so it is lower-case letters only."""
    if not re.fullmatch(r"[a-z]{1,10}", code):
        raise BadPremises(
            field=field, label=code[:30], why="小区代码应为小写字母", why_en="a code is lower-case letters"
        )


def check_number(typed: str, *, field: str) -> str:
    """A building's, unit's or room's number in its normal form: narrow, lower case, without leading zeros."""
    number = _normal(typed).replace(" ", "").lstrip("0")
    if not _CLEAN.fullmatch(number):
        raise BadPremises(
            field=field,
            label=typed[:30],
            why="应为数字，可带一个字母",
            why_en="digits, with one letter at most",
        )
    return number


def read_address(typed: str, compounds: Sequence[CompoundName]) -> AddressGuess | None:
    """What `typed` says as an address (柳花苑 1号楼 2单元502室, 1-2-502, 1#-2-502), or None when it is none.

    Names and codes of compounds come from the table; without one the numbers alone must look like an address.
    """
    return address_reader(compounds)(typed)


def address_reader(compounds: Sequence[CompoundName]) -> Callable[[str], AddressGuess | None]:
    """`read_address` for many addresses: the names are put in order once."""
    spoken = [(_normal(name), c.code) for c in compounds for name in (c.name, c.name_en) if name]
    spoken.sort(key=lambda pair: -len(pair[0]))

    def read(typed: str) -> AddressGuess | None:
        compound, rest = _leading_compound(_normal(typed), spoken, compounds)
        rest = rest.strip(" -/,，、")
        if not rest:
            return AddressGuess(compound) if compound else None
        found = _NUMBERS.fullmatch(rest)
        if found is None or not (compound or _looks_like_an_address(rest)):
            return None
        return AddressGuess(compound, *(part or "" for part in found.groups()))

    return read


def _normal(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def _leading_compound(
    text: str, spoken: Sequence[tuple[str, str]], compounds: Sequence[CompoundName]
) -> tuple[str, str]:
    """The longest name that the text begins with (`spoken` has the longest first); a code counts only before a number."""
    for name, code in spoken:
        if text.startswith(name):
            return code, text[len(name) :].removeprefix("小区")
    for compound in compounds:
        if re.match(rf"{re.escape(compound.code)}[\s\-]*[0-9]", text):
            return compound.code, text[len(compound.code) :]
    return "", text


def _looks_like_an_address(rest: str) -> bool:
    return bool(re.search(r"[0-9](号楼|栋|幢|座|单元|室|#)|[0-9][\-/][0-9]", rest))
