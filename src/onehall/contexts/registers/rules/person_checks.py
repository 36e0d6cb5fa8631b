"""Checks of who it is, where, and what was bought."""

import re

from onehall.contexts.registers.rules.checks import cut
from onehall.contexts.registers.rules.formats import Line, Question
from onehall.foundation.values.text import Text

_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")  # structural: 18 places, GB 11643


def known_compound(column: str) -> Question:
    """The compound is one of the operator's."""

    def ask(line: Line) -> Text | None:
        typed = line.texts[column]
        if typed in line.world.compounds:
            return None
        offered = "、".join(line.world.compounds)
        if not typed:
            return Text(f"没有填{column}；应为{offered}之一", f"it is empty; one of {offered} is needed")
        return Text(
            f"没有“{cut(typed)}”这个项目；应为{offered}之一",
            f"{cut(typed)} is no compound; one of {offered} is needed",
        )

    return ask


def identity(column: str) -> Question:
    """18 places, a real birth date, a fitting check digit (CUS-02)."""

    def ask(line: Line) -> Text | None:
        typed = line.texts[column]
        if column in line.problems:
            return line.problems[column]
        if not typed:
            return Text("没有填证件号码，请补上", "it is empty; please fill it in")
        if not _IDENTITY.fullmatch(typed):
            why = Text(f"现有 {len(typed)} 位", f"it has {len(typed)}")
            return Text(
                f"应为 18 位：前 17 位数字，末位数字或 X（{why.zh}）；请对照证件核对",
                f"18 places are needed, 17 digits and a digit or X at the end ({why.en}); compare it with the document",
            )
        return line.world.identity(typed)

    return ask


def mobile(column: str) -> Question:
    """A mainland mobile number."""

    def ask(line: Line) -> Text | None:
        typed = line.texts[column]
        if column in line.problems:
            return line.problems[column]
        if line.world.phone(typed):
            return None
        return Text(
            f"“{cut(typed)}”不是手机号码：应为 1 开头的 11 位数字；请向客户核对",
            f"{cut(typed) or 'an empty cell'} is no mobile number: 11 digits beginning with 1; check with the customer",
        )

    return ask


def known_product(column: str) -> Question:
    """The catalogue has a product of this name."""

    def ask(line: Line) -> Text | None:
        typed = line.texts[column]
        if typed in line.world.products:
            return None
        return Text(
            f"产品目录里没有“{cut(typed)}”；请核对名称，或先在产品目录中登记",
            f"{cut(typed) or 'an empty cell'} is not in the catalogue; check the name, or enter the product first",
        )

    return ask


def known_plan(column: str) -> Question:
    """Calls can be charged by a plan of this name (CAT-05)."""

    def ask(line: Line) -> Text | None:
        typed, plans = line.texts[column], line.world.plans
        if typed and (plans is None or typed in plans):
            return None
        return Text(
            f"没有“{cut(typed)}”这个资费计划；请核对名称，或先在运营资料里登记资费",
            f"{cut(typed) or 'an empty cell'} is no telephone plan; check the name, or enter the plan first",
        )

    return ask
