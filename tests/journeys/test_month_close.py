"""A month is closed by two people once nothing is open in it; afterwards the database itself refuses what is dated into it (CSH-05)."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError

from onehall.contexts.banking import api as banking
from onehall.foundation.approvals import OwnRequest
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.refusals import PeriodClosed
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.values.period import CHINA, month_of
from onehall.journeys.close_month import close_month
from onehall.journeys.propose_month_close import propose_month_close
from onehall.journeys.void_sale import void_sale
from onehall.steps.month_end import open_items
from tests.cast import Cast, PaymentTaken
from tests.journeys.test_deposits import brought, closed, left

NOVEMBER = date(2026, 11, 1)
IN_DECEMBER = datetime(2026, 12, 1, 9, tzinfo=CHINA)


def december(cast: Cast) -> Actor:
    """The manager on the first of December."""
    cast.now = IN_DECEMBER
    return cast.sign_in("0201")


def said(by: Actor) -> list[str]:
    found = open_items(hall=by.hall_id, span=month_of(NOVEMBER), bank_days=1, at=IN_DECEMBER, scope=by.scope)
    return [one.words.zh for one in found]


def proposed(cast: Cast, by: Actor, differing: int = 0) -> banking.MonthClose:
    return propose_month_close(month=NOVEMBER, differing=differing, by=by, at=cast.now)


def done(cast: Cast) -> tuple[Actor, PaymentTaken]:
    """November is closed; 李敏 has an open drawer with one payment of today in it."""
    manager, bag = left(cast)
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},880.00")
    manager = december(cast)
    proposed(cast, manager)
    close_month(month=NOVEMBER, differing=0, by=cast.sign_in("0241"), at=cast.now)
    clerk = cast.clerk()
    return clerk, cast.new_line(clerk, "301")


@pytest.mark.rule("CSH-05")
def test_what_is_open_stands_in_the_way_and_is_named(cast: Cast) -> None:
    with pytest.raises(PeriodClosed) as early:
        proposed(cast, cast.sign_in("0201"))
    assert "还没有过完" in early.value.sentence("zh")
    manager, shift = closed(cast)
    other = cast.clerk("0211", "2")
    manager = december(cast)
    assert [one.split(" ")[0] for one in said(manager)] == ["钱箱", "钱箱"]
    assert "没有结账" in said(manager)[0] and f"钱箱 {shift} 的 880.00 元没有封包" in said(manager)
    with pytest.raises(PeriodClosed) as still:
        proposed(cast, manager)
    assert "还有 2 项没有办完" in still.value.sentence("zh") and other.user_id
    with pytest.raises(NotPermitted):
        proposed(cast, cast.sign_in("0213", counter="3"))


@pytest.mark.rule("CSH-05")
def test_a_payment_that_differs_or_a_bank_that_is_not_explained_stands_in_the_way(cast: Cast) -> None:
    manager, bag = left(cast)
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},879.99")
    manager = december(cast)
    assert said(manager) == [f"{bag.serial} 与银行不符，没有说明"]
    with pytest.raises(PeriodClosed):
        proposed(cast, manager)
    line = banking.findings(manager.hall_id, bank_days=1, today=cast.now.date(), scope=manager.scope)[0].line
    assert line is not None
    with transaction():
        banking.note_finding(
            hall=manager.hall_id, bag=None, line=line.id, words="银行少点", by=manager, at=cast.now
        )
    with pytest.raises(PeriodClosed) as differing:
        proposed(cast, manager, differing=1)
    assert "1 项" in differing.value.sentence("zh")
    assert proposed(cast, manager).closed_at is None


@pytest.mark.rule("CSH-05", "SEC-04")
def test_it_is_closed_by_a_second_person_and_once(cast: Cast) -> None:
    manager, bag = left(cast)
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},880.00")
    manager = december(cast)
    auditor = cast.sign_in("0241")
    with pytest.raises(PeriodClosed) as nobody:
        close_month(month=NOVEMBER, differing=0, by=auditor, at=cast.now)
    assert "还没有人提出" in nobody.value.sentence("zh")
    proposed(cast, manager)
    with pytest.raises(OwnRequest):
        close_month(month=NOVEMBER, differing=0, by=manager, at=cast.now)
    made = close_month(month=NOVEMBER, differing=0, by=auditor, at=cast.now)
    assert (made.closed_by, made.asked_by) == (auditor.user_id, manager.user_id)
    sheet = documents_of("period", 202611, scope=Scope.operator())[-1]
    assert sheet.content["total"]["fen"] == 88_000 and sheet.serial == "2026-11"
    for again in (proposed, lambda cast, by: close_month(month=NOVEMBER, differing=0, by=by, at=cast.now)):
        with pytest.raises(PeriodClosed) as twice:
            again(cast, manager)
        assert "已经月结" in twice.value.sentence("zh")


@pytest.mark.rule("CSH-05", "LED-01")
def test_nothing_is_posted_into_a_closed_month_by_the_desk_or_by_hand(cast: Cast) -> None:
    clerk, _ = done(cast)
    now = cast.now
    cast.now = datetime(2026, 11, 30, 23, 59, tzinfo=CHINA)
    with pytest.raises(PeriodClosed) as back:
        cast.new_line(clerk, "302")
    assert "已经月结" in back.value.sentence("zh") and "冲正记在今天" in back.value.alternative("zh")
    cast.now = now
    cast.new_line(clerk, "303")
    batch = "insert into ledger_batch (hall_id, kind, at) values (%(hall)s, 'payment', %(at)s) returning id"
    legs = (
        "insert into ledger_posting (batch_id, account_id, amount)"
        " select %(batch)s, id, case when means = 'cash' then 5 else -5 end from ledger_account"
        " where means = 'cash' or code = '605101' returning id"
    )
    november = {"hall": clerk.hall_id, "at": datetime(2026, 11, 15, tzinfo=CHINA)}
    with pytest.raises(IntegrityError, match=r"month of (this )?batch.* is closed"), transaction():
        (row,) = fetch_all(batch, november)
        fetch_all(legs, {"batch": row["id"]})
    (old,) = fetch_all("select min(id) as id from ledger_batch")
    with pytest.raises(IntegrityError, match=r"month of (this )?batch.* is closed"), transaction():
        fetch_all(legs, {"batch": old["id"]})
    with transaction():
        (row,) = fetch_all(batch, {**november, "at": now})
        fetch_all(legs, {"batch": row["id"]})


@pytest.mark.rule("CSH-05", "LED-01")
def test_a_reversal_after_the_close_is_dated_today(cast: Cast) -> None:
    clerk, paid = done(cast)
    void_sale(
        payment_id=paid.payment_id,
        reason="客户改主意",
        copies_present=3,
        intent=uuid4(),
        by=clerk,
        at=cast.now,
    )
    (row,) = fetch_all("select at from ledger_batch where kind = 'reversal'")
    assert row["at"] == cast.now
    old = fetch_all("select p.id from ledger_payment p where p.at < %(start)s", {"start": IN_DECEMBER})[0][
        "id"
    ]
    with transaction():
        fetch_all(
            "select * from ledger_reverse_payment(p_payment => %(id)s, p_reason => '退', p_by => %(by)s, p_at => %(at)s)",
            {"id": old, "by": clerk.user_id, "at": cast.now},
        )
    with pytest.raises(ProgrammingError, match="Cannot"), transaction():
        fetch_all("update banking_monthclose set closed_at = null, closed_by_id = null returning id")
