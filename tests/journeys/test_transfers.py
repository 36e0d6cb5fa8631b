"""转账 The bank's record pays a sale: found, claimed once, settled, given back by a second person; unclaimed rows are shown (PAY-01, PAY-03)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.banking import api as banking
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.approvals import OwnRequest
from onehall.foundation.database import fetch_all
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.sheetreader import Sheet, read_sheet
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local, midnight
from onehall.journeys.change_policy import change_policy
from onehall.journeys.claim_transfer import claim_transfer
from onehall.journeys.explain_bank_finding import explain_bank_finding
from onehall.journeys.import_bank_record import import_bank_record
from onehall.journeys.note_transfer_back import note_transfer_back
from onehall.journeys.refund_charge import refund_charge
from onehall.journeys.void_sale import void_sale
from onehall.readings.todos import todos
from onehall.readings.verification import verify_money
from tests.cast import Cast
from tests.journeys.at_once import at_once, sound
from tests.journeys.test_charges import UNSOLD, basket, settled, stands
from tests.journeys.test_deposits import LIMITS
from tests.journeys.test_verification import tampered

TRANSFERS, BANK, PENDING = "100202", "100204", "190101"
ALL = Scope.operator()
COMPANY = "西安明德商贸有限公司"
State = acquiring.State


def record(*rows: str) -> Sheet:
    """The bank's file, with who paid."""
    text = "交易日期,流水号,摘要,贷方金额,对方户名\n" + "\n".join(rows)
    return read_sheet(text.encode(), name="bank.csv", limits=LIMITS)


def opened(cast: Cast, *rows: str) -> Actor:
    """The hall takes transfers from today on, and 周敏 imported what the bank says; she."""
    manager = cast.sign_in("0201")
    change_policy(
        key="payment.means", value=["cash", "transfer"], valid_from=midnight(local(cast.now).date()), source="试", hall_id=manager.hall_id,
        by=manager, at=cast.now,
    )  # fmt: skip
    day = f"{local(cast.now):%Y-%m-%d}"
    import_bank_record(sheet=record(*(f"{day},{row}" for row in rows)), by=manager, at=cast.now)
    return manager


def claimed(
    cast: Cast, by: Actor, of: orders.Basket, *, reference: str = "", payer: str = "", fen: int = 88000
) -> acquiring.Charge:
    wanted = banking.sought(amount=Money(fen), reference=reference, payer=payer)
    return claim_transfer(basket_id=of.id, wanted=wanted, intent=uuid4(), by=by, at=cast.now)


def verified() -> bool:
    return verify_money(scope=ALL, row_by_row=True).findings == ()


def findings(manager: Actor, cast: Cast) -> list[tuple[str, str]]:
    found = banking.findings(manager.hall_id, bank_days=1, today=local(cast.now).date(), scope=manager.scope)
    return [(one.verdict.value, one.line.payer if one.line else "") for one in found]


@pytest.mark.rule("PAY-01", "PAY-03", "LED-02")
def test_a_transfer_in_the_record_pays_the_basket_and_moves_to_its_account(cast: Cast) -> None:
    clerk = cast.clerk()
    manager = opened(cast, f"A1,宽带费,880.00,{COMPANY}")
    assert (stands(BANK), stands(PENDING), findings(manager, cast)) == (
        88000,
        -88000,
        [("unclaimed", "西**")],
    )
    of = basket(cast, clerk)
    charge = claimed(cast, clerk, of, reference="A1")
    assert (charge.usable, charge.payer, charge.transaction.endswith("-A1")) == (True, "西**", True)
    assert (stands(BANK), stands(PENDING), stands(TRANSFERS), stands(UNSOLD)) == (0, 0, 88000, -88000)
    assert findings(manager, cast) == [] and verified()
    paid = settled(cast, clerk, of, charge)
    tenders = ledger.payment(paid.payment_id, scope=ALL).tenders
    assert [one.means for one in tenders] == [ledger.Means.TRANSFER]
    assert (stands(TRANSFERS), stands(UNSOLD), stands("1001")) == (88000, 0, 0) and verified()
    sheet = record(f"{local(cast.now):%Y-%m-%d},A1,宽带费,880.00,{COMPANY}")
    assert import_bank_record(sheet=sheet, by=manager, at=cast.now).new == 0
    assert stands(BANK) == 0 and verified()


@pytest.mark.rule("PAY-03", "ORD-16")
def test_a_transfer_waits_for_the_manager_until_it_is_claimed_or_looked_into(cast: Cast) -> None:
    def waiting(by: Actor) -> list[str]:
        found = todos(by=by, at=cast.now, limit=50, scope=by.scope)
        return [one.detail for one in found if one.kind == "transfer"]

    clerk = cast.clerk()
    of = basket(cast, clerk)
    manager = opened(cast, f"A1,,880.00,{COMPANY}", "A2,,120.00,王建国", "A3,,50.00,陈静")
    assert waiting(manager) == []
    days = policy_book(hall_id=manager.hall_id, at=cast.now)[banking.BANK_DAYS]
    cast.now += timedelta(days=days + 1)
    manager, clerk = cast.sign_in("0201"), cast.clerk("0211", "2")
    assert waiting(manager) == ["A1", "A2", "A3"] and waiting(clerk) == []
    claimed(cast, clerk, of, reference="A1")
    (line,) = fetch_all("select id from pub_banking_line where reference = 'A2'")
    explain_bank_finding(bag=None, line=line["id"], words="付错了，已退", by=manager, at=cast.now)
    assert waiting(manager) == ["A3"]


@pytest.mark.rule("PAY-01", "PAY-03")
def test_a_part_by_transfer_and_the_rest_in_cash(cast: Cast) -> None:
    clerk = cast.clerk()
    opened(cast, "A1,,500.00,王建国")
    of = basket(cast, clerk)
    charge = claimed(cast, clerk, of, payer="王建国", fen=50000)
    settled(cast, clerk, of, charge, cash=Money.yuan("400"))
    assert (stands(TRANSFERS), stands("1001")) == (50000, 38000) and verified()


@pytest.mark.rule("PAY-01", "PAY-03")
def test_what_has_not_arrived_or_is_too_much_or_was_used_is_refused_in_words(cast: Cast) -> None:
    clerk = cast.clerk()
    of = basket(cast, clerk)
    with pytest.raises(ledger.MeansNotOpen):
        claimed(cast, clerk, of, reference="A1")
    opened(cast, f"A1,,880.00,{COMPANY}", "A2,,900.00,王建国", "A3,FB9-1,880.00,")
    for said, words in (
        ({"reference": "A9"}, "没有这笔转账"),
        ({"reference": "A3"}, "没有这笔转账"),
        ({"reference": "A1", "fen": 88001}, "这笔是 880.00 元"),
    ):
        with pytest.raises(banking.TransferRefused) as refused:
            claimed(cast, clerk, of, **said)  # type: ignore[arg-type]
        assert words in refused.value.sentence("zh")
    with pytest.raises(acquiring.ChargeRefused) as much:
        claimed(cast, clerk, of, reference="A2", fen=90000)
    assert "还差 880.00 元" in much.value.sentence("zh")
    assert stands(TRANSFERS) == 0 and fetch_all("select id from banking_bankclaim") == []
    settled(cast, clerk, of, claimed(cast, clerk, of, reference="A1"))
    with pytest.raises(banking.TransferRefused):
        claimed(cast, clerk, basket(cast, clerk, "501"), reference="A1")
    assert verified()


@pytest.mark.rule("PAY-03", "RCP-01", "SEC-04", "LED-02")
def test_a_void_goes_back_by_a_transfer_that_another_person_notes_once(cast: Cast) -> None:
    clerk = cast.clerk()
    manager = opened(cast, f"A1,,880.00,{COMPANY}")
    of = basket(cast, clerk)
    paid = settled(cast, clerk, of, claimed(cast, clerk, of, reference="A1"))
    void_sale(
        payment_id=paid.payment_id, reason="办错", copies_present=3, intent=uuid4(), by=clerk, at=cast.now
    )
    (charge,) = acquiring.charges_of_basket(of.id, scope=ALL)
    assert (charge.state, stands(TRANSFERS), stands(UNSOLD)) == (
        State.REFUNDING,
        88000,
        -88000,
    ) and verified()
    facts: dict[str, Any] = {"charge_id": charge.id, "at": cast.now}
    with pytest.raises(NotPermitted):
        note_transfer_back(reference="20261123-0009", intent=uuid4(), by=clerk, **facts)
    with pytest.raises(acquiring.ChargeRefused) as wrong:
        note_transfer_back(reference="？", intent=uuid4(), by=manager, **facts)
    assert wrong.value.field == "reference"
    back = note_transfer_back(reference="20261123-0009", intent=uuid4(), by=manager, **facts)
    assert (back.state, stands(TRANSFERS), stands(UNSOLD)) == (State.REFUNDED, 0, 0) and verified()
    with pytest.raises(acquiring.ChargeRefused):
        note_transfer_back(reference="20261123-0010", intent=uuid4(), by=manager, **facts)


@pytest.mark.rule("PAY-03", "SEC-04")
def test_a_transfer_without_a_sale_is_never_given_back_by_who_claimed_it(cast: Cast) -> None:
    manager = opened(cast, f"A1,,880.00,{COMPANY}", "A2,,880.00,王建国")
    at_counter = cast.clerk("0201", "4")
    own = claimed(cast, at_counter, basket(cast, at_counter), reference="A1")
    with pytest.raises((acquiring.ChargeRefused, OwnRequest)):
        refund_charge(charge_id=own.id, reason="不办了", intent=uuid4(), by=manager, at=cast.now)
    clerk = cast.clerk()
    charge = claimed(cast, clerk, basket(cast, clerk, "501"), reference="A2")
    refund_charge(charge_id=charge.id, reason="不办了", intent=uuid4(), by=manager, at=cast.now)
    back = note_transfer_back(charge_id=charge.id, reference="0001", intent=uuid4(), by=manager, at=cast.now)
    assert (back.state, stands(TRANSFERS)) == (State.REFUNDED, 88000) and verified()


@pytest.mark.rule("PAY-03", "LED-02")
def test_a_transfer_that_no_line_shows_is_found(cast: Cast) -> None:
    clerk = cast.clerk()
    opened(cast, f"A1,,880.00,{COMPANY}")
    of = basket(cast, clerk)
    settled(cast, clerk, of, claimed(cast, clerk, of, reference="A1"))
    assert verified()
    for statement in (
        "update banking_bankline set amount = amount - 1",
        "delete from banking_bankclaim",
        "update banking_bankclaim set about = 'T0'",
        "update acquiring_charge set amount = amount + 1",
    ):
        with tampered(statement):
            found = {one.title.zh for one in verify_money(scope=ALL, row_by_row=True).findings}
            assert "转账都是银行记录里的款" in found, statement


@pytest.mark.rule("PAY-03", "LED-03")
def test_one_line_of_the_bank_pays_one_sale_at_two_counters_at_once(real_cast: Cast) -> None:
    cast = real_cast
    clerks = cast.clerk(), cast.clerk("0211", "4")
    opened(cast, f"A1,,880.00,{COMPANY}")
    baskets = basket(cast, clerks[0]), basket(cast, clerks[1], "501")
    told = at_once(*(
        lambda clerk=clerk, of=of: claimed(cast, clerk, of, reference="A1")
        for clerk, of in zip(clerks, baskets, strict=True)
    ))  # fmt: skip
    assert sorted(type(one).__name__ for one in told) == ["Charge", "TransferRefused"]
    assert (stands(TRANSFERS), stands(UNSOLD), stands(BANK)) == (88000, -88000, 0)
    sound()
