"""The command that proves the books looks into drawers, bags and closed months too: the first record at fault is named (CSH-03, CSH-04, CSH-05)."""

from datetime import datetime

import pytest
from django.db import connection

from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import CHINA
from onehall.journeys.close_month import close_month
from onehall.readings.verification import cash, verify_money, way
from tests.cast import Cast
from tests.journeys.test_deposits import brought, left
from tests.journeys.test_month_close import NOVEMBER, december, proposed
from tests.journeys.test_verification import tampered

EVERYWHERE = Scope.operator()
_BATCH = "(hall_id, kind, at) select hall_id, 'payment', timestamptz '2026-11-15 12:00+08' from ledger_batch limit 1"
_ROLE = "(select account_id from ledger_cashaccount where role = "
CASH = [
    ("update custody_drawercount set expected = expected + 1", "清点时的应有等于流水"),
    ("update custody_drawerentry set received = received - 1, amount = amount - 1 where kind = 'sale'", "清点时的应有等于流水"),
    ("update custody_drawersession set opening_float = opening_float + 1, remark = 'x'", "清点时的应有等于流水"),
    ("update custody_drawercount set counted = '{\"10000\": 1}'", "清点金额等于面额合计"),
    ("update custody_drawerstep set difference = 1, reason = 'x'", "长短款等于清点与应有之差"),
    ("update custody_drawercount set amount = amount + 1", "长短款等于清点与应有之差"),
    ("delete from custody_drawerstep where kind = 'confirmed'", "结账的钱箱由另一人确认"),
    ("update custody_drawerstep s set by_id = d.by_id from custody_drawersession d where d.id = s.drawer_id", "结账的钱箱由另一人确认"),
    ("insert into custody_drawerentry (drawer_id, kind, means, received, given, amount, reason, at) select id, 'cash_out', 'cash', 0, 1, -1, 'x', now() from custody_drawersession", "结账以后没有收付"),
    ("update banking_bagdrawer set amount = amount - 1", "封包等于钱箱应缴合计"),
    ("delete from banking_bagdrawer", "封包等于钱箱应缴合计"),
    ("update banking_bag set counted = '{}'", "封包等于面额合计"),
    ("update banking_bagdrawer set amount = amount + 1", "钱箱应缴等于清点"),
    (f"with b as (insert into ledger_batch {_BATCH} returning id) insert into ledger_posting (batch_id, account_id, amount) select b.id, a.id, case when a.means = 'cash' then 5 else -5 end from b, ledger_account a where a.means = 'cash' or a.code = '605101'", "月结以后没有补记"),
    (f"insert into ledger_batch {_BATCH}", "月结以后没有补记"),
    ("delete from banking_bagdrawer", "现金科目等于钱箱里的钱"),
    ("update custody_drawersession set expected_float = expected_float + 1, opening_float = opening_float + 1", "现金科目等于钱箱里的钱"),
    ("update ledger_posting set amount = amount + 1 where account_id = (select account_id from ledger_cashaccount where role = 'float')", "现金科目等于钱箱里的钱"),
    (f"update ledger_posting set account_id = {_ROLE}'claim') where account_id = {_ROLE}'drawer') and amount < 0", "现金科目等于钱箱里的钱"),
    ("delete from banking_bankline", "在途、银行、长短款科目等于单据"),
    ("update banking_bankline set label = 'FB0-1'", "在途、银行、长短款科目等于单据"),
    ("update banking_bag set amount = amount + 1", "在途、银行、长短款科目等于单据"),
    (f"update ledger_posting set account_id = {_ROLE}'transit') where account_id = {_ROLE}'bank')", "在途、银行、长短款科目等于单据"),
    ("delete from ledger_cashbooking where source = 'bag'", "封包、到账、长短款都已入账"),
    ("delete from ledger_cashbooking where source = 'line'", "封包、到账、长短款都已入账"),
    ("update custody_drawerstep set difference = -1, reason = 'x'", "封包、到账、长短款都已入账"),
]  # fmt: skip


@pytest.fixture
def month(cast: Cast) -> Cast:
    """A drawer closed, its takings at the bank, and the month closed by two people."""
    manager, bag = left(cast)
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},880.00")
    proposed(cast, december(cast))
    close_month(month=NOVEMBER, differing=0, by=cast.sign_in("0241"), at=cast.now)
    connection.check_constraints()
    return cast


@pytest.mark.rule("CSH-03", "CSH-04", "CSH-05", "LED-02", "LAW-40")
def test_each_way_to_tamper_with_cash_is_found_and_the_record_named(month: Cast) -> None:
    assert verify_money(scope=EVERYWHERE).findings == ()
    for statement, title in CASH:
        with tampered(statement):
            found = verify_money(scope=EVERYWHERE).findings
            named = [one for one in found if one.title.zh == title]
            assert named and named[0].id and named[0].expected != named[0].found, statement
    assert verify_money(scope=EVERYWHERE).findings == ()


def test_every_check_of_cash_has_its_sabotage() -> None:
    assert {check.title.zh for check in (*cash.CHECKS, *way.CHECKS)} == {title for _, title in CASH}


@pytest.mark.rule("CSH-05")
def test_the_frozen_sums_are_those_of_the_month(month: Cast) -> None:
    month.now = datetime(2026, 12, 1, 10, tzinfo=CHINA)
    month.new_line(month.clerk(), "303")
    assert verify_money(scope=EVERYWHERE).findings == ()


@pytest.mark.rule("LED-02", "CSH-01")
def test_cash_of_an_open_drawer_that_the_books_do_not_know_is_found(cast: Cast) -> None:
    cast.new_line(cast.clerk())
    connection.check_constraints()
    for statement in (
        "update custody_drawerentry set received = received - 1, amount = amount - 1 where kind = 'sale'",
        "update custody_drawersession set opening_float = opening_float - 1, remark = 'x'",
        "update custody_drawersession set hall_id = hall_id + 1",
        "delete from custody_drawersession",
    ):
        with tampered(statement):
            found = {one.title.zh for one in verify_money(scope=EVERYWHERE).findings}
            assert "现金科目等于钱箱里的钱" in found, statement
    assert verify_money(scope=EVERYWHERE).findings == ()
