"""A number is given once, whoever asks when; a book has no gaps."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.db import transaction as django_transaction

from onehall.contexts.numbers.api import (
    BookRange,
    BooksOverlap,
    BookUsedUp,
    DrawnNumber,
    NumberClaim,
    NumberKind,
    NumberState,
    NumberTaken,
    book_state,
    claim_numbers,
    draw_number,
    establish_book,
    establish_prefix,
    line_source,
    next_form_serials,
    number_standing,
    release_number,
    release_reservations,
    reserve_numbers,
)
from onehall.contexts.numbers.models import Book
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.text import Text
from tests.rooms.homes import ALL, at_the_same_instant, homes
from tests.rooms.till import NOON, Till, till

MINE, THEIRS = BasketId(1), BasketId(2)
DAY = date(2026, 11, 21)


@pytest.fixture
def desk(db: None) -> Till:
    return till()


def claim(
    number: str = "dw0120502", kind: NumberKind = NumberKind.ACCOUNT, source: str = "own"
) -> NumberClaim:
    return NumberClaim(kind, number, source, None)


def reserve(desk: Till, basket: BasketId, *numbers: NumberClaim, after: int = 0) -> None:
    at = NOON + timedelta(minutes=after)
    reserve_numbers(claims=numbers or [claim()], basket_id=basket, minutes=30, by=desk.clerk, at=at)


def put_to_use(desk: Till, basket: BasketId | None, *numbers: NumberClaim, after: int = 0) -> None:
    at = NOON + timedelta(minutes=after)
    claim_numbers(claims=numbers or [claim()], basket_id=basket, by=desk.clerk, at=at)


def state(number: str = "dw0120502", kind: NumberKind = NumberKind.ACCOUNT, after: int = 0) -> NumberState:
    return number_standing(kind=kind, number=number, at=NOON + timedelta(minutes=after), scope=ALL).state


@pytest.mark.rule("ADR-07")
def test_an_account_is_reserved_then_used_then_free_again(desk: Till) -> None:
    assert state() == NumberState.FREE
    reserve(desk, MINE)
    assert state() == NumberState.RESERVED
    put_to_use(desk, MINE)
    assert state() == NumberState.IN_USE
    left = release_number(
        kind=NumberKind.ACCOUNT, number="dw0120502", quarantine_days=90, by=desk.clerk, at=NOON
    )
    assert (left, state()) == (NumberState.FREE, NumberState.FREE)
    put_to_use(desk, THEIRS)
    assert state() == NumberState.IN_USE


@pytest.mark.rule("ADR-07", "ORD-05")
def test_what_another_basket_reserved_cannot_be_had(desk: Till) -> None:
    reserve(desk, MINE)
    with pytest.raises(NumberTaken) as refused:
        put_to_use(desk, THEIRS)
    assert "dw0120502" in refused.value.sentence("zh") and refused.value.alternative("en")
    with pytest.raises(NumberTaken):
        reserve(desk, THEIRS)
    reserve(desk, MINE)


@pytest.mark.rule("ADR-07")
def test_a_reservation_that_ran_out_binds_nobody(desk: Till) -> None:
    reserve(desk, MINE)
    assert state(after=30) == NumberState.FREE
    put_to_use(desk, THEIRS, after=30)
    with pytest.raises(NumberTaken):
        put_to_use(desk, MINE, after=31)


@pytest.mark.rule("ADR-07")
def test_a_late_payment_still_gets_its_number_if_nobody_took_it(desk: Till) -> None:
    reserve(desk, MINE)
    put_to_use(desk, MINE, after=90)
    assert state(after=90) == NumberState.IN_USE


@pytest.mark.rule("ADR-07")
def test_a_basket_that_is_given_up_frees_its_numbers(desk: Till) -> None:
    reserve(desk, MINE, claim("dw0120502"), claim("dw0120503"))
    assert release_reservations(basket_id=MINE, at=NOON, keep=["dw0120503"]) == 1
    assert (state("dw0120502"), state("dw0120503")) == (NumberState.FREE, NumberState.RESERVED)


@pytest.mark.rule("ADR-07")
@pytest.mark.parametrize(("kind", "source"), [(NumberKind.TELEPHONE, "own"), (NumberKind.ACCOUNT, "telecom")])
def test_telephone_and_partner_numbers_rest_before_they_are_given_again(
    desk: Till, kind: NumberKind, source: str
) -> None:
    wanted = claim("02988123456", kind, source)
    put_to_use(desk, MINE, wanted)
    release_number(kind=kind, number=wanted.number, quarantine_days=90, by=desk.clerk, at=NOON)
    days = 24 * 60
    with pytest.raises(NumberTaken):
        put_to_use(desk, THEIRS, wanted, after=89 * days)
    put_to_use(desk, THEIRS, wanted, after=90 * days)
    assert state(wanted.number, kind, after=90 * days) == NumberState.IN_USE


def test_a_number_that_is_not_in_use_is_not_given_back(desk: Till) -> None:
    assert release_number(kind=NumberKind.ACCOUNT, number="dw1", quarantine_days=0, by=None, at=NOON) is None


@pytest.mark.rule("ADR-03")
def test_the_prefix_table_of_the_profile_tells_the_source(desk: Till) -> None:
    for prefix, source in [("6", "own"), ("6869", "unicom"), ("68699", "own"), ("6869", "unicom")]:
        establish_prefix(kind=NumberKind.TELEPHONE, prefix=prefix, source=source, name=Text(source, source))
    found = line_source(number="68699123", kind=NumberKind.TELEPHONE, scope=ALL)
    assert (found.prefix, found.source) == ("68699", "own")


@pytest.mark.rule("ADR-07", "ADR-02")
def test_two_clerks_claiming_one_account_at_the_same_instant_get_one_yes(real_db: str) -> None:
    with transaction():
        desk = till()
    outcomes = at_the_same_instant(
        [
            partial(put_to_use, desk, MINE),
            partial(put_to_use, desk, THEIRS),
            partial(put_to_use, desk, BasketId(3)),
        ]
    )
    assert sorted(map(str, outcomes)) == ["None", "numbers.taken", "numbers.taken"]


@pytest.mark.rule("ADR-07")
def test_two_clerks_reserving_one_account_at_the_same_instant_get_one_yes(real_db: str) -> None:
    with transaction():
        desk = till()
    outcomes = at_the_same_instant([partial(reserve, desk, MINE), partial(reserve, desk, THEIRS)])
    assert sorted(map(str, outcomes)) == ["None", "numbers.taken"]


@pytest.mark.rule("ADR-07")
def test_two_baskets_with_the_same_numbers_in_other_order_do_not_block_each_other(real_db: str) -> None:
    with transaction():
        desk = till()
    one, other = claim("dw0120501"), claim("dw0120502")
    outcomes = at_the_same_instant(
        [partial(put_to_use, desk, MINE, one, other), partial(put_to_use, desk, THEIRS, other, one)]
    )
    assert sorted(map(str, outcomes)) == ["None", "numbers.taken"]


@pytest.mark.rule("ORD-07")
def test_serials_run_by_prefix_and_day(db: None) -> None:
    assert next_form_serials(prefixes=["DW", "RQ", "DW"], day=DAY) == (
        "DW20261121001", "RQ20261121001", "DW20261121002",
    )  # fmt: skip
    assert next_form_serials(prefixes=["DW", "dw"], day=DAY) == ("DW20261121003", "dw20261121001")
    assert next_form_serials(prefixes=["DW"], day=DAY + timedelta(days=1)) == ("DW20261122001",)


@pytest.mark.rule("ORD-07")
def test_the_thousandth_of_a_day_has_four_digits(db: None) -> None:
    next_form_serials(prefixes=["DW"] * 999, day=DAY)
    assert next_form_serials(prefixes=["DW"], day=DAY) == ("DW202611211000",)


@pytest.mark.rule("ORD-07")
def test_serials_drawn_at_the_same_instant_differ(real_db: str) -> None:
    drawn = at_the_same_instant([partial(next_form_serials, prefixes=["DW", "RQ"], day=DAY)] * 4)
    assert sorted(serial[0] for serial in drawn) == [f"DW2026112100{n}" for n in range(1, 5)]


@pytest.mark.rule("RCP-01")
def test_a_book_gives_its_numbers_one_by_one_to_the_last(desk: Till) -> None:
    first = Book.objects.get().first
    numbers = [draw_number(kind="receipt", counter_id=desk.counter) for _ in range(100)]
    assert [drawn.number for drawn in numbers] == [f"{first + n:07d}" for n in range(100)]
    assert [drawn.remaining for drawn in numbers] == list(range(99, -1, -1))
    with pytest.raises(BookUsedUp) as refused:
        draw_number(kind="receipt", counter_id=desk.counter)
    assert "领用新本" in refused.value.alternative("zh")


@pytest.mark.rule("RCP-01")
def test_a_used_up_book_is_followed_by_the_next_one(desk: Till) -> None:
    book = new_book(desk, 90_001, 90_002)
    for _ in range(100):
        draw_number(kind="receipt", counter_id=desk.counter)
    drawn = draw_number(kind="receipt", counter_id=desk.counter)
    assert (drawn.book_id, drawn.number, drawn.remaining) == (book.id, "0090001", 1)
    shown = book_state(counter_id=desk.counter, kind="receipt", low_mark=1, scope=desk.clerk.scope)
    assert (shown.next_number, shown.remaining, shown.low) == ("0090002", 1, True)


def new_book(desk: Till, first: int, last: int) -> BookRange:
    return establish_book(
        kind="receipt", hall_id=desk.hall, counter_id=desk.counter, prefix="", first=first, last=last, width=7,
        by=None, at=NOON,
    )  # fmt: skip


@pytest.mark.rule("RCP-01")
def test_what_a_failed_sale_drew_is_drawn_again(real_db: str) -> None:
    with transaction():
        desk = till()
    with pytest.raises(BookUsedUp), transaction():
        lost = draw_number(kind="receipt", counter_id=desk.counter)
        draw_number(kind="invoice", counter_id=desk.counter)
    with transaction():
        assert draw_number(kind="receipt", counter_id=desk.counter).number == lost.number


@pytest.mark.rule("RCP-01")
def test_no_receipt_number_is_drawn_twice_at_the_same_instant(real_db: str) -> None:
    with transaction():
        desk = till()
    draw = partial(draw_number, kind="receipt", counter_id=desk.counter)
    numbers = sorted(int(d.number) for d in at_the_same_instant([draw] * 6) if isinstance(d, DrawnNumber))
    assert numbers == list(range(numbers[0], numbers[0] + 6))


@pytest.mark.rule("RCP-01")
def test_the_last_number_goes_to_one_of_two(real_db: str) -> None:
    with transaction():
        desk = till()
        new_book(desk, 90_001, 90_001)
        for _ in range(100):
            draw_number(kind="receipt", counter_id=desk.counter)
    draw = partial(draw_number, kind="receipt", counter_id=desk.counter)
    outcomes = at_the_same_instant([draw, draw])
    assert sorted(o.number if isinstance(o, DrawnNumber) else o for o in outcomes) == [
        "0090001",
        "numbers.book_used_up",
    ]


@pytest.mark.rule("RCP-01")
def test_books_never_overlap(desk: Till) -> None:
    book = new_book(desk, 90_001, 90_100)
    assert new_book(desk, 90_001, 90_100) == book
    with pytest.raises(BooksOverlap):
        new_book(desk, 90_100, 90_200)
    with pytest.raises(IntegrityError, match="no_overlap"), django_transaction.atomic():
        Book.objects.create(
            kind="receipt", hall_id=desk.hall, counter_id=desk.counter, prefix="", width=7, first=90_050, last=90_060,
            next=90_050, issued_at=NOON,
        )  # fmt: skip
    new_book(desk, 90_101, 90_200)


@pytest.mark.rule("RCP-01")
@pytest.mark.parametrize("change", ["next = next + 2", "next = next - 1", "last = last + 1", "prefix = 'A'"])
def test_the_database_lets_a_book_only_go_forward_by_one(desk: Till, change: str) -> None:
    draw_number(kind="receipt", counter_id=desk.counter)
    with pytest.raises(DatabaseError), django_transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update numbers_book set {change}")


@pytest.mark.rule("SEC-10")
def test_another_halls_books_are_not_seen(desk: Till) -> None:
    other = Scope.of(desk.hall + 1)
    assert book_state(counter_id=desk.counter, kind="receipt", low_mark=0, scope=other).books == ()


def test_readings_see_numbers_books_and_prefixes(desk: Till) -> None:
    (home,) = homes("502")
    claim_numbers(
        claims=[NumberClaim(NumberKind.ACCOUNT, "dw0120502", "own", home)], basket_id=None, by=None, at=NOON
    )
    assert fetch_all("select number, state, dwelling_id from pub_numbers_number") == [
        {"number": "dw0120502", "state": "in_use", "dwelling_id": home}
    ]
    assert fetch_all("select remaining from pub_numbers_book") == [{"remaining": 100}]
    assert fetch_all("select * from pub_numbers_prefix") == []
