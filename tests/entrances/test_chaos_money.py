"""The proof of a disturbed day can fail: whoever has money that the books do not show, or the other way round, is told (LED-02, PAY-03)."""

import socket
import time
from dataclasses import replace
from typing import Any

import pytest

from chaos.paying import standing_of
from chaos.proof_money import bags, days, given_back, months, payouts, providers, slips, transfers
from chaos.told import BagTold, MonthTold, PayoutTold, SlipTold, TransferTold
from chaos.wire import Wire

SALE = {
    "number": "a", "provider": "wechat", "way": "scanned", "amount": 72000, "state": "succeeded", "payment": 7, "reversed": False,
}  # fmt: skip
UNSOLD = {**SALE, "payment": None}
PAID = {"wechat": {"a": 72000}}


def told(row: dict[str, Any], paid: dict[str, dict[str, int]], *listed: str) -> list[str]:
    return list(providers([row], paid, set(listed)))


@pytest.mark.rule("PAY-03", "LED-02")
def test_every_fen_of_a_provider_is_a_sale_or_on_its_way_back_or_on_the_list() -> None:
    assert (
        told(SALE, PAID) == told(UNSOLD, PAID, "a") == told({**UNSOLD, "state": "refunding"}, PAID, "a") == []
    )
    assert told({**SALE, "state": "refunded", "reversed": True}, {"wechat": {}}) == []
    assert told(UNSOLD, PAID), "nobody would see to it"
    assert told(SALE, {"wechat": {"a": 71999}})
    assert told(SALE, {"wechat": {}})
    assert told({**UNSOLD, "state": "closed"}, PAID)
    assert told({**UNSOLD, "state": "waiting"}, {"wechat": {}})
    assert told({**SALE, "state": "refunded"}, {"wechat": {}}), "given back and sold"
    assert told({**SALE, "reversed": True}, PAID, "a"), "undone and not asked back"
    assert told(SALE, {"wechat": {"a": 72000, "b": 1}})


@pytest.mark.rule("PAY-01", "PAY-03")
def test_a_transfer_pays_what_it_was_told_to_pay() -> None:
    one = TransferTold("TR1", 72000, "客户7", shown=True, basket=9, claimed=True)
    row = {"reference": "TR1", "amount": 72000, "about": "T1", "basket": 9, "used": 1, "booked": 2}
    assert list(transfers([row], [one])) == []
    assert list(transfers([{**row, "basket": None, "used": 0}], [replace(one, claimed=None)])) == []
    for wrong in ({**row, "basket": 8}, {**row, "amount": 1}, {**row, "used": 2}, {**row, "basket": None}):
        assert list(transfers([wrong], [one])), wrong
    assert list(transfers([], [one]))
    assert list(transfers([row], [replace(one, claimed=False)]))


@pytest.mark.rule("PAY-03")
def test_slips_and_what_was_given_back_are_as_they_were_told() -> None:
    one = SlipTold("123456789012", 72000, 9, typed=True)
    row = {
        "id": 4,
        "way": "slip",
        "number": "S20261127123456789012",
        "basket": 9,
        "amount": 72000,
        "state": "refunding",
    }
    assert list(slips([row], [one])) == list(slips([], [replace(one, typed=None)])) == []
    assert (
        list(slips([], [one])) and list(slips([row], [replace(one, typed=False)])) and list(slips([row], []))
    )
    assert list(slips([{**row, "basket": 8}], [one])) and list(slips([{**row, "amount": 1}], [one]))
    assert list(given_back([row], [4])) == []
    assert list(given_back([{**row, "state": "succeeded"}], [4])) and list(given_back([row], [5]))


@pytest.mark.rule("CSH-04", "CSH-05")
def test_bags_and_months_are_as_they_were_told() -> None:
    bag = BagTold(3, 70000, "FB1", signed=True, left=True, shown=True)
    row = {"id": 3, "serial": "FB1", "amount": 70000, "signed": True, "left": True}
    assert list(bags([row], {"FB1": "matched"}, [bag])) == []
    for wrong, verdict in (
        ({"signed": False}, "matched"),
        ({"left": False}, "matched"),
        ({"amount": 1}, "matched"),
        ({}, "twice"),
        ({}, ""),
    ):
        assert list(bags([{**row, **wrong}], {"FB1": verdict}, [bag])), (wrong, verdict)
    assert list(bags([], {}, [bag]))
    month = MonthTold("2026-01-01", proposed=True, closed=True)
    closed = {"first": "2026-01-01", "closed": True, "papers": 1}
    assert list(months([closed], [month])) == []
    for other in ({"closed": False}, {"papers": 2}, {"papers": 0}, {"first": "2026-02-01"}):
        assert list(months([{**closed, **other}], [month])), other
    assert list(months([closed], [replace(month, closed=False)]))


@pytest.mark.rule("LED-02", "SEC-04")
def test_days_match_and_balances_are_paid_out_once() -> None:
    day = {"day": "2026-11-27", "account": 5, "cash": 5, "stubs": 5, "papers": 1}
    assert list(days({"days": [day], "differences": []})) == []
    assert list(days({"days": [{**day, "stubs": 4}], "differences": []}))
    assert list(days({"days": [day], "differences": ["payment 7"]}))
    one = PayoutTold(7, 11360, approval=4, paid=True)
    row = {"approval": 4, "fen": 11360, "party": 7, "booked": 1}
    assert list(payouts([row], 1, [one])) == []
    assert list(payouts([], 0, [one])) and list(payouts([row], 2, [one])) and list(payouts([row], 1, []))
    assert list(payouts([{**row, "booked": 2}], 1, [one])) and list(
        payouts([row], 1, [replace(one, paid=False)])
    )


PAGE = """
<li data-row="charge7"><div class="spread"><span>微信支付 · 扫付款码 · 10:00</span><b class="num"><span>1,200.05</span></b></div>
<div><span class="tag">已付</span></div></li>
<li data-row="charge8"><div class="spread"><span>充值卡 · 卡号和密码 · 10:01</span><b class="num"><span>100.00</span></b></div>
<div><span class="tag">等待顾客确认</span><form action="/desk/baskets/3/charges/8/query"></form></div></li>
<form method="post" data-row="settle9"><input type="hidden" name="intent" value="9f"></form>
"""


def test_a_clerk_reads_the_page_of_charges() -> None:
    standing = standing_of(PAGE)
    assert [(one.id, one.means, one.fen, one.paid, one.open) for one in standing.charges] == [
        (7, "wechat", 120005, True, False),
        (8, "recharge_card", 10000, False, True),
    ]
    assert (standing.came, standing.intent, standing.over) == (120005, "9f", False)


def test_a_line_that_is_cut_loses_what_is_under_way_and_carries_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as provider:
        wire = Wire(provider.getsockname()[1])
        try:
            with socket.create_connection(("127.0.0.1", wire.port), timeout=5) as asking:
                asking.sendall(b"question")
                hearing, _ = provider.accept()
                assert hearing.recv(8) == b"question"
                assert wire.cut(0.3) == 1
                assert asking.recv(8) == b"" == hearing.recv(8), "the answer is lost on both sides"
            with socket.create_connection(("127.0.0.1", wire.port), timeout=5) as asking:
                assert asking.recv(8) == b"", "nothing gets through"
            time.sleep(0.5)
            with socket.create_connection(("127.0.0.1", wire.port), timeout=5) as asking:
                hearing, _ = provider.accept()
                hearing.sendall(b"answer")
                assert asking.recv(8) == b"answer"
        finally:
            wire.close()
