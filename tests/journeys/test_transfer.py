"""过户: 王建国 hands his line to 刘芳, both at the counter (SEC-05)."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.values.ids import PartyId, SubscriptionId
from onehall.journeys.abandon_basket import abandon_basket
from onehall.journeys.add_item import add_item
from onehall.journeys.end_subscription import end_subscription
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.merge_customers import merge_customers
from onehall.journeys.state_purpose import state_purpose
from onehall.journeys.transfer_line import LineTransferred, transfer_line
from onehall.journeys.void_sale import void_sale
from onehall.readings.customer_360 import customer_360
from onehall.readings.verification import verify_money
from onehall.steps.transferring import PartyNotVerified, SameOwner, TransferRefused
from tests.cast import Cast, count, mobile, wang
from tests.journeys.at_once import at_once, held_until_two_wait
from tests.registers import bring, row, xlsx

ALL = Scope.operator()
HOW = customers.Verification


@dataclass
class Line:
    """A line that came with a register, so that no work is open on it, its owner, and 刘芳."""

    cast: Cast
    clerk: Actor
    id: SubscriptionId
    former: PartyId
    liu: PartyId

    def seen(
        self, *parties: PartyId, how: customers.Verification = HOW.ID_DOCUMENT, by: Actor | None = None
    ) -> None:
        for party in parties:
            stated = customers.PurposeStated(customers.PurposeKind.PRESENT_VERIFIED, how)
            state_purpose(party_id=party, stated=stated, by=by or self.clerk, at=self.cast.now)

    def transfer(self, **other: Any) -> LineTransferred:
        given = {"subscription_id": self.id, "owner": self.liu, "intent": uuid4(), "by": self.clerk}
        return transfer_line(**{**given, **other}, at=self.cast.later(seconds=1))

    def owner(self) -> PartyId:
        return subscriptions.subscription(subscription_id=self.id, scope=ALL).party_id


def line_of(cast: Cast) -> Line:
    clerk = cast.clerk()
    bring(cast, cast.sign_in("0201", counter="4"), xlsx([row("601")]))
    (found,) = fetch_all("select id, party_id from subscriptions_subscription")
    liu = cast.registered(clerk, wang("刘芳")).id
    return Line(cast, clerk, SubscriptionId(found["id"]), PartyId(found["party_id"]), liu)


@pytest.fixture
def line(cast: Cast) -> Line:
    return line_of(cast)


@pytest.mark.rule("SEC-05", "ORD-02")
def test_account_serial_and_term_stay_and_each_signs_a_form(line: Line) -> None:
    before = subscriptions.subscription(subscription_id=line.id, scope=ALL)
    line.seen(line.former, line.liu)
    intent = uuid4()
    done = line.transfer(intent=intent)
    assert (
        line.transfer(intent=intent) == done and count("orders_serviceorder", "kind = 'transfer_given'") == 1
    )
    after = subscriptions.subscription(subscription_id=line.id, scope=ALL)
    assert (after.party_id, after.account_name, after.serial, after.terms) == (
        line.liu,
        before.account_name,
        before.serial,
        before.terms,
    )
    forms = [
        issue_acceptance_form(basket_id=basket, by=line.clerk, at=line.cast.now).content
        for basket in (done.given_basket, done.taken_basket)
    ]
    former = customers.card(line.former, scope=ALL).name
    assert [form["customer"] for form in forms] == [former, "刘芳"]
    assert [form["services"][0]["label"]["zh"] for form in forms] == ["过户转出", "过户转入"]
    assert forms[1]["services"][0]["account"] == before.account_name
    (told,) = trail(scope=ALL, limit=9, action="subscription.transferred")
    assert (told.rule, told.staff_no, told.details["owner"]) == ("SEC-05", "0213", line.liu)
    assert verify_money(scope=ALL).findings == ()
    with pytest.raises(SameOwner):
        line.transfer()


def test_history_stays_with_whom_it_was_made_out_to(line: Line) -> None:
    line.seen(line.former, line.liu)
    line.transfer()
    known = {}
    for party in (line.former, line.liu):
        held = customers.purpose_in_force(party, user_id=line.clerk.user_id, at=line.cast.now, scope=ALL)
        assert held is not None
        known[party] = customer_360(purpose=held, scope=line.clerk.scope)
    assert [one.kind for one in known[line.former].orders] == ["transfer_given"]
    assert [one.kind for one in known[line.liu].orders] == ["transfer_taken"]
    assert not known[line.former].services and len(known[line.liu].services) == 1


@pytest.mark.rule("SEC-05", "SEC-02")
def test_both_are_checked_by_this_clerk_from_their_documents(line: Line) -> None:
    colleague = line.cast.clerk("0211", "5", drawer=False)
    line.seen(line.former)
    line.seen(line.liu, by=colleague)
    line.seen(line.liu, how=HOW.SERVICE_PASSWORD)
    with pytest.raises(PartyNotVerified) as no:
        line.transfer()
    assert "新户主" in no.value.sentence("zh") and "new owner" in no.value.sentence("en")
    line.seen(line.liu)
    line.cast.later(hours=1)
    with pytest.raises(PartyNotVerified) as no:
        line.transfer()
    assert "原户主" in no.value.sentence("zh")
    with pytest.raises(NotPermitted):
        line.transfer(by=line.cast.sign_in("0232"))
    assert line.owner() == line.former and count("orders_serviceorder") == 0


def test_an_unpaid_basket_and_a_booked_end_are_in_the_way(line: Line) -> None:
    line.seen(line.former, line.liu)
    home = subscriptions.subscription(subscription_id=line.id, scope=ALL).dwelling_id
    basket = add_item(
        party_id=line.former, dwelling_id=home, offering="router-setup", business="router_setup", quantity=1,
        by=line.clerk, at=line.cast.now,
    )  # fmt: skip
    with pytest.raises(TransferRefused) as no:
        line.transfer()
    assert "没有收款" in no.value.sentence("zh")
    abandon_basket(basket_id=basket.id, by=line.clerk, at=line.cast.now)
    end_subscription(subscription_id=line.id, reason="搬走", intent=uuid4(), by=line.clerk, at=line.cast.now)
    with pytest.raises(TransferRefused) as no:
        line.transfer()
    assert "拆机" in no.value.sentence("zh") or "终止" in no.value.sentence("zh")
    assert line.owner() == line.former


def test_open_work_is_in_the_way_and_named(cast: Cast) -> None:
    clerk = cast.clerk()
    cast.new_line(clerk)
    (found,) = fetch_all("select id, party_id, serial from subscriptions_subscription")
    line = Line(
        cast,
        clerk,
        SubscriptionId(found["id"]),
        PartyId(found["party_id"]),
        cast.registered(clerk, wang("刘芳")).id,
    )
    line.seen(line.former, line.liu)
    with pytest.raises(TransferRefused) as no:
        line.transfer()
    assert found["serial"] in no.value.sentence("zh") and line.owner() == line.former


@pytest.mark.rule("CHG-01")
def test_a_renewal_is_not_voided_once_the_line_has_passed_on(line: Line) -> None:
    home = subscriptions.subscription(subscription_id=line.id, scope=ALL).dwelling_id
    line.seen(line.former, line.liu)
    basket = line.cast.basket(line.clerk, line.former, home, ("renewal", "bb20-year"))
    paid = line.cast.pay(line.clerk, basket.id)
    line.transfer()
    with pytest.raises(subscriptions.LaterSaleDepends):
        void_sale(
            payment_id=paid.payment_id, reason="收错", copies_present=3, intent=uuid4(), by=line.clerk,
            at=line.cast.later(minutes=1),
        )  # fmt: skip
    assert line.owner() == line.liu


@pytest.mark.rule("CUS-06")
def test_a_merged_record_is_the_same_owner(line: Line) -> None:
    phone = mobile()
    one, other = (line.cast.registered(line.clerk, wang("刘芳", phone=phone)).id for _ in range(2))
    merge_customers(
        absorbed=other, survivor=one, documents_seen=True, reason="同一个人", intent=uuid4(), by=line.cast.sign_in("0201"),
        at=line.cast.now,
    )  # fmt: skip
    line.seen(line.former, one)
    line.transfer(owner=other)
    assert line.owner() == one
    with pytest.raises(SameOwner):
        line.transfer(owner=other)


def test_of_two_clerks_at_once_one_passes_it_on(real_cast: Cast) -> None:
    line = line_of(real_cast)
    zheng = real_cast.clerk("0211", "5", drawer=False)
    chen = real_cast.registered(zheng, wang("陈静")).id
    line.seen(line.former, line.liu)
    line.seen(line.former, chen, by=zheng)
    at = real_cast.later(seconds=1)
    results = at_once(
        lambda: transfer_line(subscription_id=line.id, owner=line.liu, intent=uuid4(), by=line.clerk, at=at),
        lambda: transfer_line(subscription_id=line.id, owner=chen, intent=uuid4(), by=zheng, at=at),
    )
    assert sorted(type(one).__name__ for one in results) == ["LineTransferred", "PartyNotVerified"]
    assert count("orders_serviceorder", "kind = 'transfer_given'") == 1 and count("orders_serviceorder") == 2


@pytest.mark.rule("SEC-05", "CHG-02")
def test_an_ending_and_a_transfer_at_one_instant_are_never_both_done(real_cast: Cast) -> None:
    """Both have read the line and wait for its row, which a third hand holds until they do."""
    line = line_of(real_cast)
    line.seen(line.former, line.liu)
    zheng, at = real_cast.clerk("0211", "5", drawer=False), real_cast.later(seconds=1)
    with held_until_two_wait("subscriptions_subscription", line.id):
        results = at_once(
            lambda: transfer_line(
                subscription_id=line.id, owner=line.liu, intent=uuid4(), by=line.clerk, at=at
            ),
            lambda: end_subscription(
                subscription_id=line.id, reason="搬家", cause="moving", intent=uuid4(), by=zheng, at=at
            ),
        )
    told = [type(one).__name__ for one in results]
    found = subscriptions.subscription(subscription_id=line.id, scope=ALL)
    passed_on = found.party_id == line.liu
    assert told == (
        ["LineTransferred", "LineChanged"] if passed_on else ["TransferRefused", "SubscriptionEnded"]
    )
    assert bool(found.ending or found.ended_at) != passed_on
    assert count("orders_serviceorder", "kind like 'transfer_%%'") == (2 if passed_on else 0)
