"""What a check is, and what it says."""

from dataclasses import dataclass

from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class Check:
    """`sql` answers rows (id, expected, found) of the records at fault only; amounts are fen where `money`.

    `{halls}` in it is the caller's scope, `{p.halls}` the same on alias p.
    """

    rule: str
    record: str
    title: Text
    sql: str
    money: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One record that disagrees."""

    rule: str
    record: str
    id: str
    title: Text
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Result:
    """One check done: how many records are at fault, and the first of them in the order of ids."""

    check: Check
    faults: int
    findings: tuple[Finding, ...]
