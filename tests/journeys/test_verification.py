"""`onehall verify` finds every way in which money, books and papers can disagree, and nothing else."""

from argparse import Namespace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from onehall.contexts.custody.api import Passed, open_drawer, pay_out, take_in
from onehall.contexts.ledger.api import reverse_payment, void_receipt
from onehall.contexts.numbers.api import draw_number
from onehall.contexts.orders.models import Basket
from onehall.entrances.console.commands import verify
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money
from onehall.readings.takings import takings
from onehall.readings.verification import verify_money
from tests.rooms.till import LATER, NOON, Till, accounts, till

YUAN = Money.yuan


def sell(desk: Till, due: str, handed: str, *, undone: bool = False) -> None:
    """One sale as the counter makes it; `undone` takes it back in the same shift."""
    basket = desk.basket()
    paid = desk.pay(due, handed, basket=basket)
    passed = [Passed("cash", YUAN(handed), paid.change)]
    take_in(counter=desk.counter, payment=paid.payment, passed=passed, by=desk.clerk, at=NOON)
    drawn = draw_number(kind="receipt", counter_id=desk.counter)
    issued = desk.receipt(paid, drawn.number)
    Basket.objects.filter(pk=basket).update(
        state="settled", settled_at=NOON, settled_by_id=desk.clerk.user_id, settled_fen=paid.amount.fen
    )
    if undone:
        reverse_payment(payment=paid.payment, reason="客户改主意", by=desk.clerk, at=LATER)
        void_receipt(receipt=issued.receipt, reason="当班作废", copies_present=3, by=desk.clerk, at=LATER)
        refunds = [("cash", paid.amount)]
        pay_out(counter=desk.counter, payment=paid.payment, refunds=refunds, by=desk.clerk, at=LATER)


@pytest.fixture
def desk(db: None) -> Till:
    accounts()
    desk = till()
    open_drawer(
        hall=desk.hall, counter=desk.counter, counted={10_000: 2}, expected=YUAN("200"), remark="", by=desk.clerk, at=NOON
    )  # fmt: skip
    sell(desk, "560.00", "600.00")
    sell(desk, "50.00", "50.00")
    sell(desk, "30.00", "100.00", undone=True)
    return desk


@pytest.mark.rule("LED-02")
def test_an_honest_day_agrees(desk: Till) -> None:
    verdict = verify_money(scope=Scope.operator())
    assert verdict.findings == ()
    assert (verdict.payments, verdict.receipts, verdict.amount) == (3, 3, YUAN("640"))


SABOTAGE = [
    (
        "update ledger_posting set amount = amount + 1 where id = (select min(id) from ledger_posting)",
        "分录借贷相抵",
    ),
    ("update ledger_posting set amount = amount * 2", "收款等于入账"),
    ("update ledger_account set means = 'card' where means = 'cash'", "付款方式等于科目变动"),
    (
        "update ledger_posting set amount = amount * 2 where batch_id in (select batch_id from ledger_reversal)",
        "冲正与原分录相反",
    ),
    ("update orders_basket set settled_fen = settled_fen - 1", "收款等于已结业务"),
    ("delete from ledger_payment where id = (select min(id) from ledger_payment)", "已结业务都有收款"),
    ("delete from ledger_receiptvoid", "一笔收款一张有效收据"),
    ("update ledger_receipt set amount = amount + 1", "收据金额等于收款"),
    ("delete from custody_drawerentry where kind = 'sale'", "收款都进了本人钱箱"),
    ("update custody_drawersession set by_id = by_id + 1", "收款都进了本人钱箱"),
    ("delete from custody_drawerentry where kind = 'refund'", "冲正都从钱箱退出"),
    ("delete from ledger_receipt where id = (select min(id) from ledger_receipt)", "收据号码连续无缺号"),
    ("update numbers_book set next = next - 1", "收据都出自收据簿"),
]


@pytest.mark.rule("LED-02", "RCP-01")
@pytest.mark.parametrize(("statement", "title"), SABOTAGE)
def test_each_way_to_disagree_is_found_and_named(desk: Till, statement: str, title: str) -> None:
    connection.check_constraints()
    fetch_all("set local session_replication_role = replica")  # what a superuser with ill will could do
    fetch_all(statement)
    findings = verify_money(scope=Scope.operator()).findings
    assert title in {finding.title.zh for finding in findings}
    assert all(finding.expected != finding.found for finding in findings)
    assert verify_money(scope=Scope.of(desk.hall + 1)).findings == ()
    fetch_all("set local session_replication_role = origin")


@pytest.mark.rule("LED-02")
def test_the_command_names_the_first_record_at_fault(
    desk: Till, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ONEHALL_HOME", str(tmp_path))
    monkeypatch.setenv("ONEHALL_SECRET", settings.SECRET_KEY)
    connection.check_constraints()
    assert verify.run(Namespace(most=10)) == 0
    assert "everything agrees" in capsys.readouterr().out
    fetch_all("set local session_replication_role = replica")
    fetch_all(
        "update ledger_receipt set amount = 55999 where number = (select min(number) from ledger_receipt)"
    )
    fetch_all("set local session_replication_role = origin")
    assert verify.run(Namespace(most=10)) == 1
    said = capsys.readouterr().err.splitlines()[0]
    assert "收据金额等于收款" in said
    assert "应为 560.00，实为 559.99" in said
    assert "expected 560.00, found 559.99" in said


def test_the_days_takings_are_told_by_counter_clerk_and_means(desk: Till) -> None:
    (line,) = takings(hall=desk.hall, day=NOON.date(), scope=desk.clerk.scope)
    assert (line.counter, line.by, line.means) == (desk.counter, desk.clerk.user_id, "cash")
    assert (line.payments, line.taken, line.reversals, line.given_back) == (3, YUAN("640"), 1, YUAN("30"))
    assert line.net == YUAN("610")
    assert takings(hall=desk.hall, day=LATER.replace(day=20).date(), scope=desk.clerk.scope) == ()
    with pytest.raises(NotFound):
        takings(hall=HallId(desk.hall + 1), day=NOON.date(), scope=desk.clerk.scope)


def test_nothing_sold_is_nothing_wrong(db: None) -> None:
    with transaction():
        verdict = verify_money(scope=Scope.operator())
    assert verdict.sound
    assert verdict.amount == Money.zero()
