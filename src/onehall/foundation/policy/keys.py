"""Typed policy keys (habit 9): a room declares what it reads, never the value."""

from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, cast, overload

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

T = TypeVar("T")
Kind = Literal["int", "money", "str", "bool", "choice", "list"]


class BadPolicyValue(Refusal):
    """A value outside what the key allows."""

    code = "policy.bad_value"
    rule = "ORG-05"
    status = 400
    zh = "政策“{name}”（{key}）的值 {value} 不合规定：{why}。"
    en = "Policy {key}: the value {value} is not allowed: {why_en}."
    alternative_zh = "请按单位和范围重新填写。"
    alternative_en = "Enter it again within its unit and bounds."


@dataclass(frozen=True, slots=True)
class PolicyKey(Generic[T]):
    """One policy: its unit, bounds and the rule it serves. `minimum`/`maximum` bound ints, and money in fen."""

    code: str
    kind: Kind
    unit: str
    rule: str
    title: Text
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()

    def accept(self, stored: Any) -> T:
        """The stored JSON value as the key's own type; money is stored in fen."""
        converted: Any = stored
        if self.kind == "money":
            converted = Money(stored)
        elif self.kind == "list":
            converted = tuple(stored)
        return cast(T, converted)

    def check(self, stored: Any) -> None:
        """Refuses a JSON value of the wrong type or outside the bounds."""
        why = self._fault(stored)
        if why is not None:
            raise BadPolicyValue(
                field=self.code, key=self.code, name=self.title.zh, value=stored, why=why.zh, why_en=why.en
            )

    def _fault(self, stored: Any) -> Text | None:
        if self.kind in ("int", "money"):
            if not isinstance(stored, int) or isinstance(stored, bool):
                return Text("应为整数", "an integer is needed")
            if self.minimum is not None and stored < self.minimum:
                return Text(f"不得小于 {self.minimum}", f"at least {self.minimum}")
            if self.maximum is not None and stored > self.maximum:
                return Text(f"不得大于 {self.maximum}", f"at most {self.maximum}")
        elif self.kind == "bool" and not isinstance(stored, bool):
            return Text("应为是或否", "true or false is needed")
        elif self.kind in ("str", "choice") and not isinstance(stored, str):
            return Text("应为文字", "text is needed")
        elif self.kind == "list" and not (
            isinstance(stored, list) and all(isinstance(x, str) for x in stored)
        ):
            return Text("应为文字列表", "a list of texts is needed")
        entries = stored if self.kind == "list" else [stored]
        if self.choices and any(entry not in self.choices for entry in entries):
            return Text(f"只能取 {'、'.join(self.choices)}", f"one of {', '.join(self.choices)}")
        return None


_declared: dict[str, PolicyKey[Any]] = {}


@overload
def declare(
    code: str, *, kind: Literal["int"], unit: str, rule: str, zh: str, en: str, minimum: int, maximum: int
) -> PolicyKey[int]: ...
@overload
def declare(
    code: str, *, kind: Literal["money"], unit: str, rule: str, zh: str, en: str, minimum: int, maximum: int
) -> PolicyKey[Money]: ...
@overload
def declare(
    code: str,
    *,
    kind: Literal["str", "choice"],
    unit: str,
    rule: str,
    zh: str,
    en: str,
    choices: tuple[str, ...] = (),
) -> PolicyKey[str]: ...
@overload
def declare(
    code: str, *, kind: Literal["bool"], unit: str, rule: str, zh: str, en: str
) -> PolicyKey[bool]: ...
@overload
def declare(
    code: str, *, kind: Literal["list"], unit: str, rule: str, zh: str, en: str, choices: tuple[str, ...] = ()
) -> PolicyKey[tuple[str, ...]]: ...
def declare(
    code: str,
    *,
    kind: Kind,
    unit: str,
    rule: str,
    zh: str,
    en: str,
    minimum: int | None = None,
    maximum: int | None = None,
    choices: tuple[str, ...] = (),
) -> PolicyKey[Any]:
    """Declares a key once, at import of the room's `policies.py`; a second declaration of the same code is a mistake."""
    key: PolicyKey[Any] = PolicyKey(code, kind, unit, rule, Text(zh, en), minimum, maximum, choices)
    if _declared.get(code, key) != key:
        raise RuntimeError(f"policy {code} is declared twice")
    _declared[code] = key
    return key


def declared() -> dict[str, PolicyKey[Any]]:
    """Every key by code, in the order of declaration."""
    return dict(_declared)


class NotBeforeToday(Refusal):
    """A value that would have held in the past: what was decided stays decided."""

    code = "policy.in_the_past"
    rule = "ORG-05"
    status = 400
    zh = "政策不能倒着改：{day} 已经过去，那时办的业务按当时的值。"
    en = "A policy is not changed backwards: {day} has passed, and what was done then stands."
    alternative_zh = "请填今天或以后的日期。"
    alternative_en = "Enter today or a later day."
