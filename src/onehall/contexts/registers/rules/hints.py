"""What is worth a look in a row that is accepted."""

import re

from onehall.contexts.registers.rules.formats import Line, Question
from onehall.contexts.registers.rules.verdicts import Place
from onehall.foundation.values.text import Text

_SECRET = re.compile(r"[a-z0-9]*")


def list_price(column: str, product: str, start: str) -> Question:
    """The amount is the product's list price."""

    def ask(line: Line) -> Text | None:
        known, paid = line.world.products[line.texts[product]], line.values[column]
        due = known.list_fen(line.values[start])
        if due is None or due == paid:
            return None
        yuan = _yuan(due), _yuan(paid)
        return Text(
            f"登记 {yuan[1]} 元，标价 {yuan[0]} 元，请核对",
            f"it says {yuan[1]} yuan, the list price is {yuan[0]}",
        )

    return ask


def due_expiry(column: str, start: str, product: str) -> Question:
    """The expiry is the start plus the product's months."""

    def ask(line: Line) -> Text | None:
        months = line.world.products[line.texts[product]].months
        due = line.world.term_end(line.values[start], months)
        if due == line.values[column]:
            return None
        return Text(
            f"按 {months} 个月应到 {due}，登记为 {line.values[column]}，请核对",
            f"{months} months end on {due}, it says {line.values[column]}",
        )

    return ask


def one_spelling(column: str, document: str) -> Question:
    """The same document bears the same name, in this sheet and in the database."""

    def ask(line: Line) -> Text | None:
        name, number = line.texts[column], line.texts[document]
        earlier, row = line.earlier.names.get(number, ("", 0))
        if earlier and earlier != name:
            return Text(
                f"同一证件在第 {row} 行写作另一个姓名“{earlier}”，请核对",
                f"row {row} has another name, {earlier}, for the same document",
            )
        registered = line.known.names.get(number, "")
        if not earlier and registered and registered != name:
            return Text(
                f"同一证件在系统中登记为“{registered}”，请核对",
                f"the system has another name, {registered}, for the same document",
            )
        return None

    return ask


def enough_points(column: str) -> Question:
    """The lines at an address are not more than its points (ADR-06)."""

    def ask(line: Line) -> Text | None:
        place = line.values[column]
        if not isinstance(place, Place):
            return None
        lines = line.earlier.lines.get(place.coded, 0) + line.known.lines.get(place.coded, 0) + 1
        points = line.world.points + line.known.points.get(place.coded, 0)
        if lines <= points:
            return None
        return Text(
            f"该户已有 {lines} 条线，信息点只有 {points} 个，请核对",
            f"{lines} lines at an address of {points} points",
        )

    return ask


def usable_secret(column: str) -> Question:
    """A password that devices take; another one is replaced by the first password of the profile (ADR-02, ADR-04)."""
    return lambda line: (
        None
        if _SECRET.fullmatch(line.texts[column])
        else Text(
            "密码只能用小写字母和数字，已改用初始密码",
            "lower-case letters and digits only; the initial password is used",
        )
    )


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)
