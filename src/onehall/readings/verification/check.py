"""What a check is, and what it says."""

from dataclasses import dataclass

from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class Check:
    """`sql` answers rows (id, expected, found) of the records at fault only; amounts are fen where `money`.

    `agreement` names what makes it needless to look row by row: where both sides agree as a whole, no row is at fault.
    `{halls}` in it is the caller's scope, `{p.halls}` the same on alias p.
    """

    rule: str
    record: str
    title: Text
    sql: str
    money: bool = True
    agreement: str = ""

    @property
    def statement(self) -> str:
        """As it is run, with parameters `halls` and `at_most`: the first faults, and how many there are."""
        return (
            f"select *, count(*) over () as faults from ({self.within(self.sql)}) as fault"  # noqa: S608 - own text
            " order by id limit %(at_most)s"
        )

    @staticmethod
    def within(sql: str) -> str:
        """Writes the scope into a statement: `{p.halls}` is the test on p.hall_id, `{everywhere}` that no hall is left out."""
        sql = sql.replace("{everywhere}", "%(halls)s::bigint[] is null")
        for alias in ("p.", "b.", "r.", "o.", "t.", ""):
            test = f"(%(halls)s::bigint[] is null or {alias}hall_id = any(%(halls)s))"
            sql = sql.replace(f"{{{alias}halls}}", test)
        return sql


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
