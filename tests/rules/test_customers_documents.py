"""Numbers of documents and telephones, and whose they may be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.customers.contracts import ContactKind, DocumentGiven, DocumentKind, PartyKind
from onehall.contexts.customers.rules.documents import (
    birth_date,
    check_digit,
    check_document,
    check_holder,
    check_validity,
    needs_guardian,
)
from onehall.contexts.customers.rules.phones import check_phone, normal_phone, searched_phone
from onehall.contexts.customers.rules.refusals import BadDocument, BadPhone, DocumentExpired

TODAY = date(2026, 11, 21)
RESIDENT = DocumentKind.RESIDENT_ID
BIRTHDAYS = st.dates(date(1900, 1, 1), TODAY)


def number(born: date, order: int = 123, place: int = 610113) -> str:
    first = f"{place}{born:%Y%m%d}{order:03d}"
    return first + check_digit(first)


@pytest.mark.rule("CUS-02")
@given(BIRTHDAYS, st.integers(0, 999), st.integers(100000, 999999))
def test_every_well_formed_resident_id_is_accepted_whatever_its_county(
    born: date, order: int, place: int
) -> None:
    assert check_document(RESIDENT, number(born, order, place), on=TODAY) == number(born, order, place)


@pytest.mark.rule("CUS-02")
def test_the_check_digit_of_the_standards_own_example_is_x() -> None:
    assert check_document(RESIDENT, "11010519491231002x", on=TODAY) == "11010519491231002X"


@pytest.mark.rule("CUS-02")
@given(BIRTHDAYS, st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_place_is_always_seen(born: date, order: int, place: int, shift: int) -> None:
    right = number(born, order)
    digits = "0123456789X" if place == 17 else "0123456789"
    wrong = right[:place] + digits[(digits.index(right[place]) + shift) % len(digits)] + right[place + 1 :]
    with pytest.raises(BadDocument):
        check_document(RESIDENT, wrong, on=TODAY)


@pytest.mark.rule("CUS-02")
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("61011319880101", "18 位"),
        ("A10113198801011234", "18 位"),
        (f"6101131988023012{check_digit('61011319880230123')}", "18 位"),
        (f"61011319880230123{check_digit('61011319880230123')}", "出生日期"),
        (number(TODAY + timedelta(days=1)), "今天之后"),
        (number(date(1988, 1, 1))[:17] + "?", "18 位"),
    ],
)
def test_a_wrong_resident_id_is_refused_with_the_field_and_the_reason(typed: str, why: str) -> None:
    with pytest.raises(BadDocument) as refused:
        check_document(RESIDENT, typed, on=TODAY, field="document")
    assert refused.value.field == "document"
    assert why in refused.value.sentence("zh")
    assert refused.value.rule == "CUS-02"
    assert refused.value.sentence("en").startswith("The resident identity card number is wrong")


@pytest.mark.rule("CUS-02")
def test_full_width_digits_and_spaces_are_put_right() -> None:
    right = number(date(1988, 1, 1))
    wide = "".join(chr(ord(c) + 0xFEE0) for c in right)
    assert check_document(RESIDENT, f" {wide[:6]} {wide[6:]} ", on=TODAY) == right


@pytest.mark.rule("CUS-02")
def test_a_credit_code_is_checked_by_its_last_place() -> None:
    assert check_document(DocumentKind.CREDIT_CODE, "91110000600037341l", on=TODAY) == "91110000600037341L"
    with pytest.raises(BadDocument):
        check_document(DocumentKind.CREDIT_CODE, "911100006000373410", on=TODAY)


@pytest.mark.rule("CUS-02")
def test_a_passport_needs_no_more_than_its_shape() -> None:
    assert check_document(DocumentKind.PASSPORT, "e 1234-5678", on=TODAY) == "E12345678"
    with pytest.raises(BadDocument):
        check_document(DocumentKind.PASSPORT, "E1", on=TODAY)


@pytest.mark.rule("CUS-01")
def test_a_document_holds_through_its_last_day() -> None:
    check_validity(None, on=TODAY)
    check_validity(TODAY, on=TODAY)
    with pytest.raises(DocumentExpired):
        check_validity(TODAY - timedelta(days=1), on=TODAY)


@pytest.mark.rule("CUS-01")
@pytest.mark.parametrize(
    ("kind", "document"),
    [(PartyKind.ORGANISATION, RESIDENT), (PartyKind.INDIVIDUAL, DocumentKind.CREDIT_CODE)],
)
def test_a_person_has_no_credit_code_and_a_firm_no_identity_card(
    kind: PartyKind, document: DocumentKind
) -> None:
    with pytest.raises(BadDocument):
        check_holder(kind, DocumentGiven(document, number(date(1988, 1, 1))), on=TODAY)


@pytest.mark.rule("LAW-30")
def test_a_guardian_is_needed_until_the_fourteenth_birthday() -> None:
    born = number(date(2012, 11, 22))
    assert needs_guardian(RESIDENT, born, on=date(2026, 11, 21), below=14)
    assert not needs_guardian(RESIDENT, born, on=date(2026, 11, 22), below=14)
    assert not needs_guardian(DocumentKind.PASSPORT, "E12345678", on=TODAY, below=14)
    assert birth_date("610113198802301234") is None


@pytest.mark.rule("CUS-02", "ADR-05")
@pytest.mark.parametrize(
    ("typed", "kind", "normal"),
    [
        ("138 1234 6021", ContactKind.MOBILE, "13812346021"),
        ("+86 13812346021", ContactKind.MOBILE, "13812346021"),
        ("１３８１２３４６０２１", ContactKind.MOBILE, "13812346021"),
        ("(029) 6869-9001", ContactKind.LANDLINE, "02968699001"),
        ("8602968699001", ContactKind.LANDLINE, "02968699001"),
        ("68699001", ContactKind.LANDLINE, "68699001"),
        ("0911-2345678", ContactKind.LANDLINE, "09112345678"),
    ],
)
def test_telephones_are_brought_to_one_form(typed: str, kind: ContactKind, normal: str) -> None:
    assert check_phone(typed) == (kind, normal)


@pytest.mark.rule("CUS-02")
@pytest.mark.parametrize("typed", ["", "1381234602", "138123460211", "12812346021", "18", "abc", "0000000"])
def test_what_is_no_telephone_is_refused_with_its_field(typed: str) -> None:
    with pytest.raises(BadPhone) as refused:
        check_phone(typed, field="agent_phone")
    assert refused.value.field == "agent_phone"


def test_a_fixed_line_is_found_with_and_without_its_area_code() -> None:
    assert searched_phone("02968699001") == searched_phone(normal_phone("6869 9001")) == "68699001"
    assert searched_phone("13812346021") == "13812346021"
