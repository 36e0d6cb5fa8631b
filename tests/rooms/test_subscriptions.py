"""Terms follow each other without overlap and without loss, whoever presses when."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection
from django.db import transaction as django_transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onehall.contexts.subscriptions import rules
from onehall.contexts.subscriptions.api import (
    AccountInUse,
    Extension,
    NewSubscription,
    SerialTaken,
    Subscription,
    TermSold,
    add_points,
    additional_points,
    end_subscription,
    extend_terms,
    open_subscriptions,
    subscription,
    subscription_by_account,
    subscriptions_at,
    subscriptions_of,
)
from onehall.contexts.subscriptions.models import Term as TermRow
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import OrderId, PremisesId, SubscriptionId
from onehall.foundation.values.period import CHINA, Period
from tests.rooms.homes import ALL, at_the_same_instant, bought, homes, new_line
from tests.rooms.till import NOON, Till, till

START = datetime(2026, 11, 28, tzinfo=CHINA)


@pytest.fixture
def desk(db: None) -> Till:
    return till()


@pytest.fixture
def home(desk: Till) -> PremisesId:
    return homes("502")[0]


def opened(desk: Till, *new: NewSubscription) -> tuple[TermSold, ...]:
    return open_subscriptions(new=new, by=desk.clerk, at=NOON)


def extended(sold: TermSold, paid: datetime, months: int = 12, order: OrderId | None = None) -> TermSold:
    return extend_terms(extensions=[Extension(sold.subscription_id, bought(order, months))], paid_at=paid)[0]


def found(sold: TermSold) -> Subscription:
    return subscription(subscription_id=sold.subscription_id, scope=ALL)


@pytest.mark.rule("ORD-09", "ORD-07")
def test_a_new_subscription_has_account_serial_and_first_term(desk: Till, home: PremisesId) -> None:
    (sold,) = opened(desk, new_line(desk, home, START))
    assert sold.period == Period(START, datetime(2027, 11, 28, tzinfo=CHINA))
    line = found(sold)
    assert (line.account_name, line.serial, line.dwelling_id) == ("dw0120502", "DW20261121001", home)
    assert line.expires_at == sold.period.end and line.ending is None
    assert (
        subscriptions_of(party_id=desk.party, scope=ALL)
        == (line,)
        == subscriptions_at(dwelling_id=home, scope=ALL)
    )
    assert subscription_by_account(account_name="dw0120502", scope=ALL) == line


@pytest.mark.rule("ORD-09")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.dates(datetime(2000, 1, 1).date(), datetime(2080, 1, 1).date()), months=st.integers(1, 36))  # noqa: DTZ001
def test_the_database_reckons_first_terms_like_the_rule(
    desk: Till, home: PremisesId, start: object, months: int
) -> None:
    begins = datetime.fromisoformat(f"{start}T00:00:00+08:00")
    with django_transaction.atomic():
        (sold,) = opened(desk, new_line(desk, home, begins, months=months))
        assert sold.period == rules.first_term(start=begins, months=months).period
        django_transaction.set_rollback(True)


@pytest.mark.rule("CHG-01")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    day=st.dates(datetime(2026, 1, 1).date(), datetime(2029, 1, 1).date()),  # noqa: DTZ001
    hour=st.integers(0, 23),
    renewals=st.lists(
        st.tuples(st.integers(-400 * 24, 400 * 24), st.sampled_from([1, 3, 6, 12])), min_size=1, max_size=4
    ),
)
def test_the_database_renews_like_the_rule(
    desk: Till, home: PremisesId, day: object, hour: int, renewals: list[tuple[int, int]]
) -> None:
    begins = datetime.fromisoformat(f"{day}T{hour:02d}:00:00+08:00")
    with django_transaction.atomic():
        (sold,) = opened(desk, new_line(desk, home, begins, months=1))
        dates = rules.first_term(start=begins, months=1)
        for hours, months in renewals:
            paid = dates.period.end + timedelta(hours=hours)
            dates = rules.renewal(
                expiry=dates.period.end, anchor_day=dates.anchor_day, paid=paid, months=months
            )
            assert extended(sold, paid, months).period == dates.period
        django_transaction.set_rollback(True)


@pytest.mark.rule("CHG-01", "ORD-07")
def test_a_renewal_keeps_serial_and_account_and_the_price_of_what_was_sold(
    desk: Till, home: PremisesId
) -> None:
    (sold,) = opened(desk, new_line(desk, home, START))
    renewed = extended(sold, NOON)
    assert (renewed.account_name, renewed.serial) == ("dw0120502", "DW20261121001")
    assert [term.period.start for term in found(sold).terms] == [START, sold.period.end]


@pytest.mark.rule("CHG-01")
def test_two_renewals_at_the_same_instant_follow_each_other(real_db: str) -> None:
    with transaction():
        desk = till()
        (sold,) = opened(desk, new_line(desk, homes("502")[0], START))
    outcomes = at_the_same_instant([partial(extended, sold, NOON)] * 3)
    starts = sorted(term.period.start.year for term in outcomes if isinstance(term, TermSold))
    assert starts == [2027, 2028, 2029]


@pytest.mark.rule("ADR-07")
def test_two_clerks_selling_to_the_same_dwelling_at_the_same_instant_sell_once(real_db: str) -> None:
    with transaction():
        desk = till()
        (home,) = homes("502")
    lines = [new_line(desk, home, START, serial=f"DW2026112100{n}") for n in (1, 2)]
    outcomes = at_the_same_instant([partial(opened, desk, line) for line in lines])
    assert sorted("sold" if isinstance(o, tuple) else o for o in outcomes) == [
        "sold",
        "subscriptions.account_in_use",
    ]
    with transaction():
        assert len(subscriptions_at(dwelling_id=home, scope=ALL)) == 1


@pytest.mark.rule("ADR-07", "ORD-07")
def test_an_account_or_serial_that_is_taken_is_refused(desk: Till) -> None:
    one, other = homes("502", "503")
    opened(desk, new_line(desk, one, START))
    with pytest.raises(AccountInUse):
        opened(desk, new_line(desk, other, START, serial="DW20261121002"))
    with pytest.raises(SerialTaken):
        opened(desk, new_line(desk, other, START, account="dw0120503"))


def test_several_are_opened_and_extended_in_one_call_and_come_back_in_order(desk: Till) -> None:
    one, other = homes("502", "503")
    lines = [
        new_line(desk, other, START, account="dw0120503", serial="DW20261121002"),
        new_line(desk, one, START),
    ]
    sold = opened(desk, *lines)
    assert [term.account_name for term in sold] == ["dw0120503", "dw0120502"]
    extensions = [Extension(term.subscription_id, bought(months=6)) for term in reversed(sold)]
    renewed = extend_terms(extensions=extensions, paid_at=NOON)
    assert [term.account_name for term in renewed] == ["dw0120502", "dw0120503"]


def test_an_imported_term_keeps_its_own_expiry(desk: Till, home: PremisesId) -> None:
    line = new_line(desk, home, START)
    odd = START + timedelta(days=100)
    (sold,) = opened(
        desk, NewSubscription(**{**{f: getattr(line, f) for f in line.__slots__}, "expires_at": odd})
    )
    assert sold.period.end == odd


@pytest.mark.rule("CHG-01")
def test_live_terms_cannot_overlap_in_the_database(desk: Till, home: PremisesId) -> None:
    (sold,) = opened(desk, new_line(desk, home, START))
    row = TermRow.objects.get(pk=sold.id)
    row.pk = None
    row.starts_at += timedelta(days=30)
    with pytest.raises(IntegrityError, match="no_overlap"), django_transaction.atomic():
        row.save()


@pytest.mark.rule("CAT-01")
def test_what_was_sold_cannot_be_repriced(desk: Till, home: PremisesId) -> None:
    opened(desk, new_line(desk, home, START))
    for change in ("price_fen = 1", "offering = 'bb20-year'", "starts_at = starts_at - interval '1 day'"):
        with (
            pytest.raises((InternalError, ProgrammingError)),
            django_transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update subscriptions_term set {change}")


@pytest.mark.rule("ADR-06", "FEE-02")
def test_points_belong_to_the_dwelling(desk: Till, home: PremisesId) -> None:
    (sold,) = opened(desk, new_line(desk, home, START))
    assert additional_points(dwelling_id=home, scope=ALL).get("broadband", 0) == 0
    for quantity in (1, 2):
        add_points(
            subscription_id=sold.subscription_id, dwelling_id=home, kind="broadband", quantity=quantity, order_id=None,
            by=desk.clerk, at=NOON,
        )  # fmt: skip
    assert additional_points(dwelling_id=home, scope=ALL).get("broadband", 0) == 3
    assert additional_points(dwelling_id=home, scope=ALL).get("telephone", 0) == 0


def test_what_does_not_exist_is_not_found(db: None) -> None:
    with pytest.raises(NotFound):
        subscription(subscription_id=SubscriptionId(0), scope=ALL)
    with pytest.raises(NotFound):
        extend_terms(extensions=[Extension(SubscriptionId(0), bought())], paid_at=NOON)


def test_readings_see_subscriptions_terms_and_points(desk: Till, home: PremisesId) -> None:
    (sold,) = opened(desk, new_line(desk, home, START))
    end_subscription(
        subscription_id=sold.subscription_id,
        reason="搬家",
        binding_months=12,
        show_hint=True,
        by=desk.clerk,
        at=NOON,
    )
    assert fetch_all(
        "select account_name, expires_at, months, ending_at from pub_subscriptions_subscription"
    ) == [
        {
            "account_name": "dw0120502",
            "expires_at": sold.period.end,
            "months": 12,
            "ending_at": sold.period.end,
        }
    ]
    assert len(fetch_all("select * from pub_subscriptions_term")) == 1
    assert fetch_all("select * from pub_subscriptions_points") == []
