"""Checks of which formats are composed: each answers the reason for its no, or None."""

from onehall.contexts.registers.rules.formats import Line, Question
from onehall.foundation.values.text import Text

_SHOWN = 30  # structural: as much of a cell as a sentence can hold


def cut(words: str) -> str:
    """As much of a cell as a sentence can hold."""
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def filled(column: str) -> Question:
    """Something stands there."""
    return lambda line: (
        None if line.texts[column] else Text(f"没有填{column}，请补上", "it is empty; please fill it in")
    )


def not_negative(column: str) -> Question:
    """A number from zero up."""

    def ask(line: Line) -> Text | None:
        value, typed = line.values[column], cut(line.texts[column])
        if value is None:
            return Text(
                f"“{typed}”不是数字；请填金额，例如 560",
                f"{typed or 'an empty cell'} is no number; enter one such as 560",
            )
        if value < 0:
            return Text(
                f"不能是负数（{typed}）；退款不从登记表导入",
                f"it is negative ({typed}); refunds are not imported from a register",
            )
        return None

    return ask


def later_than(column: str, start: str) -> Question:
    """This day lies after that one; neither can be missing."""

    def ask(line: Line) -> Text | None:
        for name in (start, column):
            if line.values[name] is None:
                typed = cut(line.texts[name])
                return Text(
                    f"{name}“{typed}”读不出日期；请写成 2025-03-09",
                    f"{name} {typed!r} is no date; write it as 2025-03-09",
                )
        first, last = line.values[start], line.values[column]
        if last > first:
            return None
        return Text(
            f"{last} 不在{start} {first} 之后；请核对",
            f"{last} does not lie after {start} {first}; check both",
        )

    return ask


def one_of(column: str, *allowed: str) -> Question:
    """One of the book's own marks or words; "" among them where the cell may be empty."""

    def ask(line: Line) -> Text | None:
        typed = line.texts[column]
        if typed in allowed:
            return None
        listed = "、".join(word or "（空）" for word in allowed)
        return Text(
            f"“{cut(typed)}”不在 {listed} 之内", f"{cut(typed) or 'an empty cell'} is none of {listed}"
        )

    return ask


def readable(column: str, *, empty: bool = False) -> Question:
    """A day, time or number that can be read; an empty cell where that is allowed."""

    def ask(line: Line) -> Text | None:
        if line.values[column] is not None or (empty and not line.texts[column]):
            return None
        why = line.problems.get(column, Text("没有填写", "is empty"))
        typed = cut(line.texts[column])
        return Text(f"{column}“{typed}”{why.zh}；请改正", f"{column} {typed!r} {why.en}; please correct it")

    return ask


def readable_or(column: str, word: str) -> Question:
    """A time that can be read, the given word, or nothing."""
    ask = readable(column, empty=True)
    return lambda line: None if line.texts[column] == word else ask(line)


def not_before(column: str, first: str) -> Question:
    """What follows does not lie before what it follows; empty cells say nothing."""

    def ask(line: Line) -> Text | None:
        start, end = line.values[first], line.values[column]
        if not hasattr(start, "hour") or not hasattr(end, "hour") or end >= start:
            return None
        return Text(
            f"{line.texts[column]} 早于{first} {line.texts[first]}",
            f"{line.texts[column]} lies before {first}",
        )

    return ask
