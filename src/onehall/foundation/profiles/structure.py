"""TOML values become frozen dataclasses, guided by the type hints alone: a new field needs no new reading code."""

import dataclasses
import datetime as dt
import difflib
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from onehall.foundation.profiles.problems import Findings
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

T = TypeVar("T")
_PLAIN: dict[type, tuple[str, str]] = {
    str: ("文字", "text"),
    int: ("整数", "an integer"),
    bool: ("true 或 false", "true or false"),
    dt.date: ("日期，如 2026-01-31", "a date such as 2026-01-31"),
    dt.time: ("时刻，如 09:30:00", "a time such as 09:30:00"),
}


class Faulty(Exception):
    """A value was noted as faulty; what contains it cannot be built."""


class Structurer:
    """Reads the values of one file and notes what does not fit."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings

    def fault(self, place: str, zh: str, en: str) -> Faulty:
        """Notes a problem; the caller raises what is returned."""
        self.findings.add(self.file, place, zh, en)
        return Faulty()

    def read(self, hint: Any, value: Any, place: str) -> Any:
        """`value` as `hint` says, or Faulty after noting why not."""
        origin = typing.get_origin(hint)
        if hint is Any:
            return value
        if origin is types.UnionType:
            return self.read(next(h for h in typing.get_args(hint) if h is not types.NoneType), value, place)
        if origin is typing.Literal:
            return self._choice(typing.get_args(hint), value, place)
        if origin is tuple:
            return self._many(typing.get_args(hint)[0], value, place)
        if origin is dict:
            return {
                k: self.read(typing.get_args(hint)[1], v, f"{place}.{k}")
                for k, v in self._table(value, place).items()
            }
        if hint is Money:
            return self._money(value, place)
        if dataclasses.is_dataclass(hint):
            return self.record(typing.cast(type, hint), value, place)
        return self._plain(hint, value, place)

    def record(self, cls: type[T], value: Any, place: str) -> T:
        """A table as a dataclass: every field without a default must be there, nothing else may be."""
        table = self._table(value, place)
        hints = _hints(typing.cast(type, cls))
        faulty = self._strangers(table, hints, place)
        found: dict[str, Any] = {}
        for field in dataclasses.fields(cls):  # type: ignore[arg-type]
            spot = f"{place}.{field.name}" if place else field.name
            try:
                if field.name in table:
                    found[field.name] = self.read(hints[field.name], table[field.name], spot)
                elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
                    raise self.fault(spot, "缺少这一项", "this key is missing")
            except Faulty:
                faulty = True
        if faulty:
            raise Faulty()
        if cls is Text and not all(str(part).strip() for part in found.values()):
            raise self.fault(place, "中英文都要填写", "both zh and en are needed")
        return cls(**found)

    def _strangers(self, table: Mapping[str, Any], hints: Mapping[str, Any], place: str) -> bool:
        unknown = [name for name in table if name not in hints]
        for name in unknown:
            near = difflib.get_close_matches(name, hints, n=1)
            zh, en = (f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ("", "")
            self.findings.add(
                self.file, f"{place}.{name}" if place else name, f"不认识的项{zh}", f"unknown key{en}"
            )
        return bool(unknown)

    def _many(self, hint: Any, value: Any, place: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self.fault(place, "应为列表", "a list is needed")
        entries, faulty = [], False
        for index, entry in enumerate(value, start=1):
            try:
                entries.append(self.read(hint, entry, f"{place}[{index}]"))
            except Faulty:
                faulty = True
        if faulty:
            raise Faulty()
        return tuple(entries)

    def _table(self, value: Any, place: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise self.fault(place, "应为一组键值", "a table is needed")
        return value

    def _choice(self, choices: tuple[Any, ...], value: Any, place: str) -> Any:
        if value not in choices:
            listed = "、".join(map(str, choices)), ", ".join(map(str, choices))
            raise self.fault(
                place, f"“{value}”不在可选值内：{listed[0]}", f"“{value}” is not one of {listed[1]}"
            )
        return value

    def _money(self, value: Any, place: str) -> Money:
        try:
            return Money.yuan(value)
        except (Refusal, TypeError):
            raise self.fault(
                place,
                f'金额应写成文字，如 "30.00"，而不是 {value}',
                f'an amount is a text such as "30.00", not {value}',
            ) from None

    def _plain(self, hint: type, value: Any, place: str) -> Any:
        zh, en = _PLAIN[hint]
        if type(value) is not hint:
            raise self.fault(place, f"应为{zh}，而不是 {value!r}", f"{en} is needed, not {value!r}")
        return value


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)
