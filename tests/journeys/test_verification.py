"""`onehall verify` finds every way in which money, books, papers, terms and access can disagree, and nothing else."""

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.db.transaction import atomic

from onehall.contexts.custody.api import Passed, open_drawer, pay_out, take_in
from onehall.contexts.ledger.api import reverse_payment, void_receipt
from onehall.contexts.numbers.api import draw_number
from onehall.contexts.orders.models import Basket
from onehall.contexts.organisation.models import Hall
from onehall.entrances.console.commands import verify
from onehall.foundation import audit
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money
from onehall.journeys.void_sale import void_sale
from onehall.readings.takings import takings
from onehall.readings.verification import (
    CHECKS,
    balances,
    cash,
    charges,
    goods,
    invoices,
    papers,
    telephone,
    verify_money,
    way,
)
from onehall.readings.verification.agreement import NAMES, agreeing
from tests.cast import Cast, count, dwelling, wang
from tests.rooms.till import LATER, NOON, Till, accounts, till

YUAN = Money.yuan
EVERYWHERE = Scope.operator()
OPTIONS = {"most": 10, "json": False, "all_papers": False, "row_by_row": False}


@pytest.fixture
def day(cast: Cast) -> Cast:
    """王建国 takes broadband and renews it, 张三 takes it and changes his mind; the trail is sealed but for its end."""
    clerk = cast.clerk()
    cast.new_line(clerk)
    (line,) = fetch_all("select party_id, dwelling_id from subscriptions_subscription")
    cast.later(minutes=5)
    cast.pay(clerk, cast.basket(clerk, line["party_id"], line["dwelling_id"], ("renewal", "bb20-year")).id)
    other = cast.registered(clerk, wang("张三"))
    basket = cast.basket(clerk, other.id, dwelling("dw", "1", "2", "503"), ("new_broadband", "bb20-year"))
    paid = cast.pay(clerk, basket.id, "1000")
    audit.seal(limit=1000)
    void_sale(
        payment_id=paid.payment_id, reason="客户改主意", copies_present=3, intent=uuid4(), by=clerk, at=cast.later(minutes=5)
    )  # fmt: skip
    connection.check_constraints()
    return cast


@pytest.mark.rule("LED-02", "LED-03")
def test_an_honest_day_agrees(day: Cast) -> None:
    verdict = verify_money(scope=EVERYWHERE)
    assert verdict.findings == ()
    assert verdict.totals.records["payment"] == verdict.totals.records["receipt"] == 3
    assert len(verdict.results) == len(CHECKS)


@pytest.mark.rule("LED-02", "LED-03")
def test_an_honest_day_needs_no_second_look(day: Cast) -> None:
    assert agreeing(scope=EVERYWHERE) == NAMES == {check.agreement for check in CHECKS} - {""}


SABOTAGE = [
    ("update ledger_posting set amount = amount + 1 where id = (select min(id) from ledger_posting)", "分录借贷相抵"),
    ("update ledger_posting set amount = amount * 2", "收款等于入账"),
    ("update ledger_account set means = 'x' where means = 'cash'", "付款方式等于科目变动"),
    ("update orders_serviceorder set revenue_account = '6001.tv'", "收入按业务入科目"),
    ("update ledger_posting set amount = amount * 2 where batch_id in (select batch_id from ledger_reversal)", "冲正与原分录相反"),
    ("update orders_basket set settled_fen = settled_fen - 1", "收款等于已结业务"),
    ("delete from ledger_payment where id = (select min(id) from ledger_payment)", "已结业务都有收款"),
    ("delete from ledger_receiptvoid", "一笔收款一张有效收据"),
    ("update ledger_receipt set amount = amount + 1", "收据金额等于收款"),
    ("delete from custody_drawerentry where kind = 'sale'", "收款都进了本人钱箱"),
    ("update custody_drawersession set by_id = by_id + 1", "收款都进了本人钱箱"),
    ("delete from custody_drawerentry where kind = 'refund'", "冲正都从钱箱退出"),
    ("delete from ledger_receipt where id = (select min(id) from ledger_receipt)", "收据号码连续无缺号"),
    ("delete from ledger_receipt where id = (select min(id) + 1 from ledger_receipt)", "收据号码连续无缺号"),
    ("delete from ledger_receipt where id = (select max(id) from ledger_receipt)", "收据号码连续无缺号"),
    ("update numbers_book set next = next - 1 where next > first", "收据都出自收据簿"),
    ("update ledger_receipt set number = 'X' || number where turn = 1", "收据都出自收据簿"),
    ("update orders_basketitem set amount_fen = amount_fen + 1", "受理单与明细一致"),
    ("update orders_basket set state = 'abandoned'", "受理单与明细一致"),
    ("delete from orders_ordervoid", "作废与退款一致"),
    ("update subscriptions_term set price_fen = price_fen - 1", "每期都有受理单"),
    ("update subscriptions_term set cancelled_at = null", "每期都有受理单"),
    ("delete from orders_serviceorder where kind = 'renewal'", "每期都有受理单"),
    ("delete from subscriptions_term where id = (select max(id) from subscriptions_term)", "卖出的都已开期"),
    ("update subscriptions_subscription set serial = 'X' || serial", "受理单与用户流水号一致"),
    ("delete from access.broadband", "在用账号都已开通"),
    ("update access.broadband set state = 'withdrawn'", "在用账号都已开通"),
    ("update access.broadband set valid_until = valid_until + interval '1 day'", "开通期限等于最后一期"),
    ("update access.broadband set state = 'active'", "销户即停网"),
    ("delete from subscriptions_subscription where ended_at is null", "占用的号码都有用户"),
    ("update numbers_number set state = 'free'", "用户的号码都在占用"),
    ("delete from documents_document", "收据都有底稿"),
    ("update documents_document set amount_fen = 1", "收据都有底稿"),
    ("update idempotency_intent set result = null where journey = 'take_payment'", "每次提交都有结果"),
    # what a sum over everything would not notice: values exchanged, moved along, or the halves of a number folded together
    ("update documents_document d set serial = o.serial from documents_document o where o.kind = d.kind and o.id <> d.id", "收据都有底稿"),
    ("update ledger_receipt set amount = (1::bigint << 32) | (amount # 1)", "收据金额等于收款"),
    ("update ledger_posting set amount = amount + case when batch_id % 2 = 0 then 1 else -1 end where amount > 0", "分录借贷相抵"),
    ("update ledger_posting set batch_id = batch_id + 1 where amount > 0", "收款等于入账"),
    ("update custody_drawerentry set received = received + 5, given = given + 5 where kind = 'sale'", "收款都进了本人钱箱"),
    ("update orders_serviceorder set amount_fen = amount_fen + case when id % 2 = 0 then 7 else -7 end", "受理单与明细一致"),
    ("update subscriptions_term set order_id = (select max(order_id) from subscriptions_term)", "卖出的都已开期"),
    ("update orders_basket set settled_fen = (1::bigint << 40) + settled_fen", "收款等于已结业务"),
    ("update ledger_posting set amount = amount * 100000000", "收款等于入账"),
]  # fmt: skip


@pytest.mark.rule("LED-02", "LED-03", "RCP-01")
def test_each_way_to_disagree_is_found_and_named(day: Cast) -> None:
    elsewhere = Scope.of(HallId(Hall.objects.get(code="xinyuan").pk + 1000))
    for statement, title in SABOTAGE:
        with tampered(statement):
            verdict = verify_money(scope=EVERYWHERE)
            assert verdict.results == verify_money(scope=EVERYWHERE, row_by_row=True).results, statement
            assert title in {finding.title.zh for finding in verdict.findings}, statement
            assert all(finding.expected != finding.found for finding in verdict.findings), statement
            assert all(result.faults >= len(result.findings) for result in verdict.results)
            assert verify_money(scope=elsewhere).findings == (), statement
    assert verify_money(scope=EVERYWHERE).findings == ()


@contextmanager
def tampered(statement: str) -> Iterator[None]:
    """What a superuser with ill will could do, undone afterwards."""
    with atomic():
        fetch_all("set local session_replication_role = replica")
        assert fetch_all(f"{statement} returning 1"), statement
        yield
        connection.set_rollback(True)


def test_every_check_has_its_sabotage() -> None:
    """Those of cash, charges, invoices and books have theirs in modules of their own, those of red receipts in test_reversal."""
    red = {"红字收据与原收据相抵", "红字收据都有底稿"}
    beside = (
        *goods.CHECKS,
        *cash.CHECKS,
        *way.CHECKS,
        *charges.CHECKS,
        *balances.CHECKS,
        *invoices.CHECKS,
        *papers.CHECKS,
        *telephone.CHECKS,
    )
    assert {check.title.zh for check in CHECKS if check not in beside} == red | {
        title for _, title in SABOTAGE
    }


@pytest.fixture
def told(
    day: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> "Told":
    monkeypatch.setenv("ONEHALL_HOME", str(tmp_path))
    monkeypatch.setenv("ONEHALL_SECRET", settings.SECRET_KEY)
    return Told(capsys)


class Told:
    """The command with what it says."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def after(self, sabotage: str = "", **options: object) -> tuple[int, str, str]:
        if sabotage:
            fetch_all("set local session_replication_role = replica")
            fetch_all(sabotage)
            fetch_all("set local session_replication_role = origin")
        code = verify.run(Namespace(**{**OPTIONS, **options}))
        said = self._capsys.readouterr()
        return code, said.out, said.err


@pytest.mark.rule("LED-02")
def test_the_command_names_the_first_record_at_fault(told: Told) -> None:
    code, out, _ = told.after()
    assert (code, "everything agrees" in out) == (0, True)
    assert out.count("✓") == len(CHECKS) + 3
    sabotage = (
        "update ledger_receipt set amount = 87999 where number = (select min(number) from ledger_receipt)"
    )
    code, _, err = told.after(sabotage)
    assert code == 1
    first = err.splitlines()[0]
    assert "收据金额等于收款" in first
    assert "应为 880.00，实为 879.99" in first
    assert "expected 880.00, found 879.99" in first


@pytest.mark.rule("LED-02")
def test_machines_read_the_verdict_as_json(told: Told) -> None:
    code, out, _ = told.after(json=True)
    verdict = json.loads(out)
    assert (code, verdict["sound"], verdict["records"]["payment"]) == (0, True, 3)
    code, out, _ = told.after("delete from custody_drawerentry", json=True, most=1)
    (wrong, *_) = [check for check in json.loads(out)["checks"] if check["faults"]]
    assert (code, wrong["faults"], len(wrong["findings"])) == (1, 3, 1)


@pytest.mark.rule("REC-03")
def test_a_paper_whose_content_was_exchanged_is_found(told: Told) -> None:
    exchange = (
        "update documents_document d set content = o.content from documents_document o"
        " where d.kind = 'receipt' and o.kind = 'receipt' and d.id < o.id"
    )
    code, _, err = told.after(exchange)
    assert code == 1
    assert "底稿内容未被改动" in err


@pytest.mark.rule("SEC-09")
def test_the_unsealed_tail_is_told_and_a_changed_line_is_found(told: Told) -> None:
    waiting = count("audit_unsealed")
    _, out, _ = told.after()
    assert waiting > 0
    assert f"{waiting} waiting" in out
    code, _, err = told.after(
        "update audit_auditentry set action = 'x' where id = (select min(id) from audit_auditentry)"
    )
    assert code == 1
    assert "审计链完整" in err and "altered" in err


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
        reverse_payment(
            payment=paid.payment, counter=desk.counter, reason="客户改主意", by=desk.clerk, at=LATER
        )
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
    assert verdict.totals.amount == Money.zero()
