"""移机 A line is taken to another dwelling of its compound: its fee, its new name, and everything back in the same shift."""

from functools import partial
from uuid import uuid4

import pytest

from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.provisioning.models import BroadbandAccess, Command
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PremisesId
from onehall.foundation.values.money import Money
from onehall.journeys.add_item import add_item
from onehall.journeys.take_payment import PaymentTaken
from onehall.journeys.void_sale import void_sale
from onehall.readings.verification import verify_money
from onehall.steps.changes import ChooseFirst, NoLine, WhereTo
from tests.cast import Cast, count, dwelling, work_of
from tests.entrances.worksite import Worksite
from tests.journeys.at_once import at_once

EVERYWHERE = Scope.operator()
OLD, NEW = "dw0120502", "dw0120601"


def line() -> subscriptions.Subscription:
    """王建国's broadband, wherever it is; his was the first in the hall."""
    (row,) = fetch_all("select id from subscriptions_subscription order by id limit 1")
    return subscriptions.subscription(subscription_id=row["id"], scope=EVERYWHERE)


def standing(account: str, cast: Cast) -> numbers.NumberState:
    kind = numbers.NumberKind.ACCOUNT
    return numbers.number_standing(kind=kind, number=account, at=cast.now, scope=EVERYWHERE).state


def access(account: str, cast: Cast) -> provisioning.AccessState:
    found = provisioning.access(account=account, at=cast.now, scope=EVERYWHERE)
    assert found is not None
    return found


def secret_of(account: str) -> tuple[bytes, str]:
    row = BroadbandAccess.objects.get(account=account)
    return bytes(row.nt_hash), row.pbkdf2


def choose(
    cast: Cast, by: Actor, to: PremisesId | None, business: str = "move", offering: str = "move"
) -> orders.Basket:
    here = line()
    return add_item(
        party_id=here.party_id, dwelling_id=here.dwelling_id, offering=offering, business=business, quantity=1, to=to,
        by=by, at=cast.now,
    )  # fmt: skip


def room(number: str = "601", building: str = "1", compound: str = "dw") -> PremisesId:
    return dwelling(compound, building, "2" if compound == "dw" else "1", number)


def move(cast: Cast, by: Actor, to: str = "601") -> PaymentTaken:
    return cast.pay(by, choose(cast, by, room(to)).id)


def void(cast: Cast, paid: PaymentTaken, by: Actor) -> None:
    void_sale(
        payment_id=paid.payment_id, reason="客户改主意", copies_present=3, intent=uuid4(), by=by, at=cast.now
    )


def installed(cast: Cast) -> Actor:
    """王建国 has broadband in 馨苑 1-2-502 since a month, the installer was there; the clerk who serves him today."""
    Worksite(cast).finished()
    cast.later(days=30)
    return cast.sign_in("0213", counter="3")


@pytest.mark.rule("CHG-04", "FEE-01", "ADR-07")
def test_the_line_goes_with_its_term_and_password_and_the_old_name_is_free(cast: Cast) -> None:
    by = installed(cast)
    before, secret = line(), secret_of(OLD)
    paid = move(cast, by)
    after = line()
    assert (after.account_name, after.dwelling_id, after.serial) == (NEW, room(), before.serial)
    assert after.terms == before.terms and paid.amount == Money.yuan("30.00")
    (sold,) = orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)
    assert (sold.revenue_account, sold.business) == ("605103", "move")
    assert (standing(OLD, cast), standing(NEW, cast)) == (
        numbers.NumberState.FREE,
        numbers.NumberState.IN_USE,
    )
    now, then = access(NEW, cast), access(OLD, cast)
    assert now.standing is provisioning.Standing.ACTIVE and now.period == then.period
    assert then.standing is provisioning.Standing.WITHDRAWN
    assert secret_of(NEW) == secret, "the customer keeps the password"
    assert secret_of(OLD)[0] != secret[0] and secret_of(OLD)[1] != secret[1], "the old name's is replaced"
    assert Command.objects.filter(account=OLD, kind="disconnect", done_at__isnull=True).exists()
    case = work_of(paid)
    assert (case.kind, case.account, case.dwelling_id, case.compound) == ("move", NEW, room(), "dw")
    (told,) = trail(scope=EVERYWHERE, limit=9, action="subscription.moved")
    assert (told.details["from"], told.details["to"]) == (OLD, NEW)


@pytest.mark.rule("CHG-04", "ADR-07")
def test_the_next_household_of_the_old_dwelling_gets_its_name_with_another_password(cast: Cast) -> None:
    by = installed(cast)
    move(cast, by)
    gone = secret_of(OLD)
    card = cast.registered(by)
    paid = cast.pay(by, cast.basket(by, card.id, room("502"), ("new_broadband", "bb4-year")).id)
    ((account, secret),) = paid.secrets
    assert account == OLD and secret
    assert secret_of(OLD) != gone and line().account_name == NEW


@pytest.mark.rule("FEE-01")
def test_a_bundle_brings_its_fixed_line_along_for_ten_yuan_more(cast: Cast) -> None:
    by = cast.clerk()
    cast.new_line(by, offering="bundle10-year")
    fetch_all("update fieldwork_workorder set subscription_id = null returning id")
    basket = choose(cast, by, room())
    assert basket.total == Money.yuan("40.00")


@pytest.mark.rule("CHG-04", "ORD-05")
@pytest.mark.parametrize(
    ("compound", "number", "said"),
    [("qj", "201", "不在本小区"), ("dw", "502", "现在的住址"), ("dw", "602", "已有在用宽带")],
)
def test_elsewhere_nowhere_and_where_somebody_lives_are_refused_in_words(
    cast: Cast, compound: str, number: str, said: str
) -> None:
    by = installed(cast)
    cast.new_line(by, "602")
    there = fetch_all(
        "select id from customers_premises where path like 'qj/%' and kind = 'dwelling' limit 1"
    )
    to = room(number) if compound == "dw" else PremisesId(there[0]["id"])
    with pytest.raises(subscriptions.NotMovable) as no:
        choose(cast, by, to)
    assert said in no.value.sentence("zh") and no.value.alternative("zh") and no.value.field == "address"
    assert (
        count(
            "orders_basket",
            "state = 'open' and exists (select from orders_basketitem i where i.basket_id = orders_basket.id)",
        )
        == 0
    )
    with pytest.raises(WhereTo):
        choose(cast, by, None)


@pytest.mark.rule("CHG-04")
def test_no_move_while_another_visit_is_under_way(cast: Cast) -> None:
    by = installed(cast)
    move(cast, by)
    with pytest.raises(subscriptions.NotMovable) as no:
        choose(cast, by, room("602"))
    assert line().serial in no.value.sentence("zh") and "没有完工" in no.value.sentence("zh")


@pytest.mark.rule("CHG-04", "RCP-01")
def test_a_move_is_taken_back_in_its_shift_with_name_and_password(cast: Cast) -> None:
    by = installed(cast)
    before, secret = line(), secret_of(OLD)
    paid = move(cast, by)
    cast.later(minutes=5)
    void(cast, paid, by)
    assert line() == before and secret_of(OLD) == secret
    assert (standing(OLD, cast), standing(NEW, cast)) == (
        numbers.NumberState.IN_USE,
        numbers.NumberState.FREE,
    )
    assert access(OLD, cast).standing is provisioning.Standing.ACTIVE
    assert access(NEW, cast).standing is provisioning.Standing.WITHDRAWN
    assert work_of(paid).state.value == "withdrawn"
    assert verify_money(scope=EVERYWHERE).findings == ()
    assert line().account_name == OLD and move(cast, by).amount == Money.yuan("30.00"), "it may be done again"


@pytest.mark.rule("CHG-04", "CHG-03")
def test_a_line_that_rests_is_moved_and_rests_on_under_its_new_name(cast: Cast) -> None:
    by = installed(cast)
    cast.pay(by, choose(cast, by, None, "suspension", "suspend-3").id)
    pause = line().resting
    assert pause is not None
    move(cast, by)
    assert access(NEW, cast).pause == pause and line().resting == pause
    cast.now = pause.start
    assert access(NEW, cast).standing is provisioning.Standing.PAUSED


@pytest.mark.rule("CHG-04", "RCP-01")
def test_once_somebody_took_the_old_name_the_move_cannot_be_taken_back(cast: Cast) -> None:
    by = installed(cast)
    paid = move(cast, by)
    card = cast.registered(by)
    cast.pay(by, cast.basket(by, card.id, room("502"), ("new_broadband", "bb4-year")).id)
    with pytest.raises(Refusal) as no:
        void(cast, paid, by)
    assert no.value.alternative("zh") and line().account_name == NEW
    assert count("ledger_reversal") == 0


@pytest.mark.rule("ORD-01", "CHG-04", "CHG-01")
def test_one_basket_moves_renews_and_sets_up_the_router_there(cast: Cast) -> None:
    by = installed(cast)
    here = line()
    choose(cast, by, room())
    basket = cast.basket(
        by, here.party_id, here.dwelling_id, ("renewal", "bb20-year"), ("router_setup", "router-setup")
    )
    assert basket.total == Money.yuan("940.00")
    paid = cast.pay(by, basket.id)
    sold = {o.business: o for o in orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)}
    assert sold["router_setup"].dwelling_id == room() and sold["router_setup"].details["account"] == NEW
    assert len(line().terms) == 2 and access(NEW, cast).period.end == line().expires_at
    cast.later(minutes=1)
    void(cast, paid, by)
    assert line() == here and access(OLD, cast).period.end == here.expires_at


@pytest.mark.rule("CHG-04", "ORD-01")
def test_a_visit_that_was_chosen_for_the_old_dwelling_is_chosen_again(cast: Cast) -> None:
    by = installed(cast)
    choose(cast, by, None, "router_setup", "router-setup")
    with pytest.raises(ChooseFirst) as no:
        choose(cast, by, room())
    assert "路由器上门调试" in no.value.alternative("zh")


@pytest.mark.rule("CHG-04")
def test_a_dwelling_without_a_line_has_nothing_to_move(cast: Cast) -> None:
    by = cast.clerk()
    card = cast.registered(by)
    with pytest.raises(NoLine):
        add_item(
            party_id=card.id, dwelling_id=room("502"), offering="move", business="move", quantity=1, to=room(), by=by,
            at=cast.now,
        )  # fmt: skip


@pytest.mark.rule("CHG-04", "ADR-07")
def test_two_clerks_move_the_same_line_at_once_and_one_is_told(real_cast: Cast) -> None:
    one = installed(real_cast)
    other = real_cast.clerk("0211", "4")
    baskets = [choose(real_cast, one, room("601")), choose(real_cast, other, room("602"))]
    told = at_once(
        *(partial(real_cast.pay, by, basket.id) for by, basket in zip((one, other), baskets, strict=True))
    )
    refused = [answer for answer in told if isinstance(answer, Refusal)]
    assert len(refused) == 1 and isinstance(refused[0], subscriptions.LineChanged)
    assert count("subscriptions_move") == 1 and count("ledger_payment", "amount = 3000") == 1
    assert line().account_name in (NEW, "dw0120602")
