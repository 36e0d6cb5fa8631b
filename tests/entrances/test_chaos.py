"""A short disturbed day: what `make chaos` does for minutes, with one kill of each way to lose an answer (LED-03)."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from chaos.__main__ import Wish, run
from chaos.killer import early
from chaos.proof import half_done, not_as_told, shift_faults
from chaos.told import ShiftTold, Told

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc"),
    pytest.mark.xdist_group("console"),
]


@pytest.mark.rule("LED-03", "LED-02", "RCP-01")
def test_whoever_was_told_paid_finds_the_receipt_whatever_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    for inherited in ("DATABASE_URL", "ONEHALL_KEYS"):
        monkeypatch.delenv(inherited, raising=False)
    wish = Wish(seed=20261501, minutes=3, kills=4, pause=(0.2, 0.4), baskets=60, homes=60, tills=6)
    assert {kind.name for kind in early(random.Random(wish.seed))[: wish.kills]} == {
        "postmaster kill -9", "web worker", "database backend", "provider's line",
    }  # fmt: skip
    assert run(wish) == []


WHOLE = {
    "id": 1, "state": "settled", "settled_fen": 72000, "payment": 7, "amount": 72000, "payments": 1, "numbers": ["0042001"],
    "void_receipts": 0, "papers": 1, "sales": 3, "parts": 3, "refunds": 0, "items": 3, "orders": 3, "void_orders": 0, "renewals": 1,
    "terms": 1, "cancelled_terms": 0, "goods": 1, "handed_out": 1, "handed_back": 0, "deposits": 1, "deposited": 1, "taken_back": 0,
    "reversals": 0, "lines": 1, "void_lines": 0, "intents": 1, "used": 50000, "spent": 2000, "put_back": 0,
    "means": {"wechat": 50000, "prepaid": 2000, "cash": 20000}, "what": [["collection", "H7"]],
}  # fmt: skip
UNPAID = {
    **dict.fromkeys(WHOLE, 0), "id": 1, "state": "open", "settled_fen": None, "payment": None, "amount": None, "numbers": None,
    "items": 3, "means": {}, "what": [],
}  # fmt: skip
VOID = {
    **WHOLE, **dict.fromkeys(("reversals", "void_receipts", "cancelled_terms", "handed_back", "taken_back", "void_lines"), 1),
    "refunds": 3, "void_orders": 3, "put_back": 2000,
}  # fmt: skip
PAID = Told(
    1, 3, 72000, paid=True, number="0042001", payment=7, means={"wechat": 50000, "prepaid": 2000, "cash": 20000},
    goods=[("collection", "H7")], deposit=500,
)  # fmt: skip
UNANSWERED = replace(PAID, paid=None, number="", payment=0, means={})
_WORDS = ("id", "payment", "numbers", "state", "means", "what")


def faults(told: Told, row: dict[str, object]) -> list[str]:
    return [*half_done(row), *not_as_told(told, row)]


def test_what_is_whole_is_no_finding() -> None:
    assert faults(PAID, WHOLE) == faults(UNANSWERED, WHOLE) == faults(UNANSWERED, UNPAID) == []
    assert faults(replace(PAID, asked_void=True, voided=True), VOID) == []
    assert faults(replace(PAID, asked_void=True, voided=None), VOID) == []


@pytest.mark.parametrize("column", [name for name in WHOLE if name not in _WORDS])
def test_whatever_is_half_done_is_a_finding(column: str) -> None:
    assert faults(PAID, {**WHOLE, column: int(str(WHOLE[column])) + 1})
    if UNPAID[column] == 0 and column not in ("parts", "renewals", "goods", "deposits"):
        assert faults(UNANSWERED, {**UNPAID, column: 1})


def test_what_the_counter_was_told_must_be_so() -> None:
    assert faults(PAID, UNPAID)
    assert faults(PAID, {**WHOLE, "numbers": ["0042002"]})
    assert faults(PAID, {**WHOLE, "numbers": ["0042001", "0042002"]})
    assert faults(PAID, {**WHOLE, "payment": 8})
    assert faults(PAID, VOID), "nobody asked for it"
    assert faults(
        PAID,
        {
            **WHOLE,
            "means": {"wechat": 52000, "cash": 20000},
            "used": 52000,
            "spent": 0,
            "parts": 2,
            "sales": 2,
        },
    )
    assert faults(PAID, {**WHOLE, "what": [["handset", "H7"]]})
    assert faults(replace(PAID, deposit=0), WHOLE)
    assert faults(replace(PAID, asked_void=True, voided=False), VOID)
    assert faults(replace(PAID, asked_void=True, voided=True), WHOLE)


ENDED = ShiftTold(3, notes=7, drawer=9, handed_in=True, confirmed=True, bagged=True, opened=True)
CLOSED = {"id": 9, "handed_in": 1, "confirmed": 1, "counted": 70_000, "bagged": 1}


@pytest.mark.rule("CSH-03", "CSH-04")
def test_a_shift_that_was_told_ended_is_counted_confirmed_and_bagged_once() -> None:
    assert list(shift_faults(ENDED, CLOSED)) == []
    assert list(shift_faults(replace(ENDED, bagged=None), {**CLOSED, "bagged": 0})) == []
    assert list(shift_faults(ShiftTold(3, notes=7), None)) == [], "it never came to a drawer"
    assert list(shift_faults(ENDED, None)) == ["it is gone"]
    for name in ("handed_in", "confirmed", "bagged"):
        assert list(shift_faults(ENDED, {**CLOSED, name: 0})), name
        assert list(shift_faults(replace(ENDED, bagged=None), {**CLOSED, name: 2})), name
    assert list(shift_faults(ENDED, {**CLOSED, "counted": 60_000}))
