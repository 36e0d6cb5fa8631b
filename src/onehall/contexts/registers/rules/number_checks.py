"""Checks of accounts, telephone numbers and form serials."""

import re
from datetime import date

from onehall.contexts.registers.rules.checks import cut, readable
from onehall.contexts.registers.rules.formats import Line, Question
from onehall.contexts.registers.rules.verdicts import Place
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

_ACCOUNT = re.compile(r"[a-z0-9]+")
_SERIAL = re.compile(
    r"([A-Za-z]+)([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{3,9}"
)  # structural: the sequence is counted in four bytes


def account_form(column: str) -> Question:
    """ADR-02: lower-case letters and digits only."""

    def ask(line: Line) -> Text | None:
        typed = line.texts[column]
        if _ACCOUNT.fullmatch(typed):
            return None
        return Text(
            f"“{cut(typed)}”只能用小写字母和数字；请按装机单改正",
            f"{cut(typed) or 'an empty cell'}: lower-case letters and digits only; correct it by the form",
        )

    return ask


def fits_address(column: str, address: str) -> Question:
    """ADR-02: the account is the one that the dwelling makes."""

    def ask(line: Line) -> Text | None:
        place, typed = line.values[address], line.texts[column]
        if not isinstance(place, Place):
            told = cut(line.texts[address])
            return Text(
                f"{address}“{told}”读不出楼号、单元、房号，无法与账号核对",
                f"{address} {told!r} names no building, unit and room to compare the account with",
            )
        due = line.world.account(place)
        if due == typed:
            return None
        return Text(
            f"与{address} {place.coded} 不符，该户账号应为 {due or '（此地址编不出账号）'}；请核对账号和地址",
            f"it does not fit {place.coded}, whose account is {due or 'impossible'}; check account and address",
        )

    return ask


def unclaimed(column: str, kind: str) -> Question:
    """No earlier accepted row has it, and the database has not either (ADR-07)."""

    def ask(line: Line) -> Text | None:
        typed = line.texts[column]
        row = line.earlier.claims.get(kind, {}).get(typed)
        if row is not None:
            return Text(
                f"{typed} 已由第 {row} 行占用；请核对是哪一户",
                f"row {row} has {typed} already; check whose it is",
            )
        if typed in line.known.taken.get(kind, ()):
            return Text(
                f"{typed} 在系统中已被占用；请先查询该号", f"{typed} is taken in the system; look it up first"
            )
        return None

    return ask


def serial_form(column: str, *, capitals: bool) -> Question:
    """ORD-07: compound code, a real day, at least three digits; capitals for broadband, small letters for fixed lines."""

    def ask(line: Line) -> Text | None:
        typed = line.texts[column]
        found = _SERIAL.fullmatch(typed)
        codes = {code.upper() if capitals else code.lower() for code in line.world.compounds.values()}
        if found and found[1] in codes and _is_day(*found.groups()[1:]):
            return None
        example = f"{min(codes, default='')}20260602001"
        return Text(
            f"“{cut(typed)}”不合格式：应为项目代码+年月日+序号，例如 {example}",
            f"{cut(typed) or 'an empty cell'} is no serial: compound code, date and sequence, such as {example}",
        )

    return ask


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def known_line(column: str) -> Question:
    """A telephone number whose beginning tells the source of the line (ADR-03)."""

    def ask(line: Line) -> Text | None:
        typed = line.texts[column]
        if line.world.line(typed):
            return None
        return Text(
            f"“{cut(typed)}”不是已知号段的 8 位固话号码；请核对",
            f"{cut(typed) or 'an empty cell'} is no fixed line of 8 digits of a known range; check it",
        )

    return ask


def located(column: str) -> Question:
    """The address names a compound, building, unit and room."""

    def ask(line: Line) -> Text | None:
        if isinstance(line.values[column], Place):
            return None
        typed = cut(line.texts[column])
        return Text(
            f"“{typed}”读不出小区、楼号、单元、房号",
            f"{typed or 'an empty cell'} names no compound, building, unit and room",
        )

    return ask


def warns(column: str) -> Question:
    """BIL-02: a balance below which a line may warn by the policy's bounds; an empty cell is the usual one."""
    unread = readable(column, empty=True)

    def ask(line: Line) -> Text | None:
        value, bounds = line.values[column], line.world.alarm
        if value is None or bounds is None or bounds[0] <= value <= bounds[1]:
            return unread(line)
        least, most, given = (Money(fen).text for fen in (*bounds, value))
        return Text(
            f"{column} {given} 元不在 {least} 到 {most} 元之间；请改正，或空着用通常的数",
            f"{column} {given} is not between {least} and {most} yuan; correct it, or leave it empty for the usual one",
        )

    return ask
