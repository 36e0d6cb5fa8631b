"""How numbers are made, whose they are, and where they stand in their life."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.numbers.contracts import (
    BadAccountName,
    BadBookRange,
    BadFormSerial,
    NumberKind,
    NumberState,
    Prefix,
    UnknownLine,
)
from onehall.contexts.numbers.rules import (
    account_name,
    after_release,
    book_size,
    check_account_name,
    form_serial,
    line_source,
    may_take,
    parse_form_serial,
    printed_number,
    serial_prefix,
    standing,
)
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text

NOON = datetime(2026, 11, 21, 12, tzinfo=CHINA)
DIGITS = (2, 1, 4)
TABLE = [
    Prefix(kind, prefix, source, Text(source, source))
    for kind, prefix, source in [
        (NumberKind.ACCOUNT, "dw", "own"),
        (NumberKind.ACCOUNT, "029", "telecom"),
        (NumberKind.TELEPHONE, "6", "own"),
        (NumberKind.TELEPHONE, "6869", "unicom"),
        (NumberKind.TELEPHONE, "68699", "own"),
        (NumberKind.TELEPHONE, "8883", "telecom"),
    ]
]


def named(building: str, unit: str, room: str, compound: str = "dw") -> str:
    return account_name(compound_code=compound, building=building, unit=unit, room=room, digits=DIGITS)


@pytest.mark.rule("ADR-02")
def test_building_1_unit_2_room_502_is_dw0120502() -> None:
    assert named("1", "2", "502") == "dw0120502"
    assert named("12", "1", "1203", "rq") == "rq1211203"


@pytest.mark.rule("ADR-02")
def test_zeros_in_front_do_not_make_another_account() -> None:
    assert named("01", "02", "0502") == named("1", "2", "502")


@pytest.mark.rule("ADR-02")
@pytest.mark.parametrize(
    ("building", "unit", "room", "field"),
    [
        ("100", "2", "502", "building"),
        ("1", "10", "502", "unit"),
        ("1", "2", "10502", "room"),
        ("1A", "2", "502", "building"),
        ("1", "0", "502", "unit"),
        ("1", "2", "", "room"),
        ("1", "2", "５０２", "room"),
    ],
)
def test_a_dwelling_that_makes_no_account_is_refused_with_its_field(
    building: str, unit: str, room: str, field: str
) -> None:
    with pytest.raises(BadAccountName) as refused:
        named(building, unit, room)
    assert refused.value.field == field
    assert refused.value.sentence("en")


@pytest.mark.rule("ADR-02")
def test_compound_codes_are_small_letters() -> None:
    with pytest.raises(BadAccountName):
        named("1", "2", "502", "DW")


@pytest.mark.rule("ADR-02")
@given(
    one=st.tuples(st.integers(1, 99), st.integers(1, 9), st.integers(1, 9999)),
    other=st.tuples(st.integers(1, 99), st.integers(1, 9), st.integers(1, 9999)),
)
def test_two_dwellings_never_share_an_account(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    first, second = (named(*(str(number) for number in home)) for home in (one, other))
    assert (first == second) == (one == other)
    assert check_account_name(first) == first and len(first) == 9


@pytest.mark.rule("ADR-02")
@pytest.mark.parametrize("name", ["Dw0120502", "dw-0120502", "", "dw 0120502", "dw０120502"])
def test_account_names_are_small_letters_and_digits(name: str) -> None:
    with pytest.raises(BadAccountName):
        check_account_name(name)


@pytest.mark.rule("ADR-03")
@pytest.mark.parametrize(
    ("number", "source"),
    [("68699123", "own"), ("68690123", "unicom"), ("60001234", "own"), ("88831234", "telecom")],
)
def test_the_longest_prefix_decides_whose_line_it_is(number: str, source: str) -> None:
    assert line_source(number, TABLE, kind=NumberKind.TELEPHONE).source == source
    assert line_source(number, reversed(TABLE), kind=NumberKind.TELEPHONE).source == source


@pytest.mark.rule("ADR-03")
def test_a_number_of_nobody_is_refused() -> None:
    assert line_source("02988123456", TABLE, kind=NumberKind.ACCOUNT).source == "telecom"
    with pytest.raises(UnknownLine):
        line_source("02988123456", TABLE, kind=NumberKind.TELEPHONE)


@pytest.mark.rule("ADR-07")
def test_reservations_and_quarantines_end_by_themselves() -> None:
    def at(hours: int, state: NumberState) -> NumberState:
        until = NOON + timedelta(hours=1)
        return standing(
            state, reserved_until=until, quarantined_until=until, at=NOON + timedelta(hours=hours)
        )

    assert at(0, NumberState.RESERVED) == NumberState.RESERVED
    assert at(1, NumberState.RESERVED) == NumberState.FREE
    assert at(0, NumberState.QUARANTINED) == NumberState.QUARANTINED
    assert at(1, NumberState.QUARANTINED) == NumberState.FREE
    assert at(9, NumberState.IN_USE) == NumberState.IN_USE


@pytest.mark.rule("ADR-07")
def test_only_free_numbers_and_the_baskets_own_may_be_taken() -> None:
    takeable = {
        (state, mine) for state in NumberState for mine in (True, False) if may_take(state, same_basket=mine)
    }
    assert takeable == {(NumberState.FREE, True), (NumberState.FREE, False), (NumberState.RESERVED, True)}


@pytest.mark.rule("ADR-07")
def test_own_accounts_are_free_at_once_and_others_rest_first() -> None:
    def left(kind: NumberKind, source: str) -> tuple[NumberState, datetime | None]:
        rest = after_release(kind=kind, source=source, quarantine_days=90, at=NOON)
        return rest.state, rest.until

    rests = (NumberState.QUARANTINED, NOON + timedelta(days=90))
    assert left(NumberKind.ACCOUNT, "own") == (NumberState.FREE, None)
    assert left(NumberKind.ACCOUNT, "telecom") == rests
    assert left(NumberKind.TELEPHONE, "own") == rests


@pytest.mark.rule("ORD-07")
def test_broadband_serials_have_capitals_and_fixed_lines_small_letters() -> None:
    assert serial_prefix(compound_code="dw", kind="broadband") == "DW"
    assert serial_prefix(compound_code="dw", kind="fixed_line") == "dw"


@pytest.mark.rule("ORD-07")
def test_a_serial_has_three_digits_and_more_when_the_day_needs_them() -> None:
    day = date(2026, 11, 21)
    assert form_serial(prefix="DW", day=day, sequence=4) == "DW20261121004"
    assert form_serial(prefix="DW", day=day, sequence=1000) == "DW202611211000"


@pytest.mark.rule("ORD-07")
@given(
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    sequence=st.integers(1, 10**6),
    prefix=st.sampled_from(["DW", "rq"]),
)
def test_a_serial_can_be_taken_apart_again(day: date, sequence: int, prefix: str) -> None:
    parts = parse_form_serial(form_serial(prefix=prefix, day=day, sequence=sequence))
    assert (parts.prefix, parts.day, parts.sequence) == (prefix, day, sequence)


@pytest.mark.rule("ORD-07")
@pytest.mark.parametrize(
    "serial",
    ["DW20261321004", "DW2026112104", "DW20261121000", "20261121004", "DW202611210004", "DW 20261121004"],
)
def test_what_is_no_serial_is_refused(serial: str) -> None:
    with pytest.raises(BadFormSerial):
        parse_form_serial(serial)


@pytest.mark.rule("RCP-01")
def test_a_book_is_counted_and_its_numbers_keep_their_width() -> None:
    assert book_size(first=42_001, last=50_000) == 8_000
    assert printed_number(prefix="", number=42_037, width=7) == "0042037"
    with pytest.raises(BadBookRange):
        book_size(first=10, last=9)
