"""Addresses in words (ADR-01). The compounds' names come from the table, here two invented ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.customers.rules.addresses import (
    AddressGuess,
    CompoundName,
    check_code,
    check_number,
    label,
    label_en,
    path,
    paths,
    read_address,
)
from onehall.contexts.customers.rules.refusals import BadPremises

COMPOUNDS = [CompoundName("lh", "柳花苑", "Liuhua Yuan"), CompoundName("lhx", "柳花苑西区", "Liuhua West")]
NUMBERS = st.integers(1, 9999).map(str)


@pytest.mark.rule("ADR-01")
@pytest.mark.parametrize(
    "typed",
    ["柳花苑 1号楼 2单元502室", "柳花苑1栋2门502", "柳花苑小区01号楼02单元0502", "１号楼２单元５０２室", "1-2-502", "1#-2-502",
     "lh1-2-502", "Liuhua Yuan 1-2-502", "柳花苑 1 2 502", "１＃－２－５０２"],
)  # fmt: skip
def test_every_way_of_writing_an_address_says_the_same_room(typed: str) -> None:
    guess = read_address(typed, COMPOUNDS)
    assert guess is not None
    assert guess.numbers == ("1", "2", "502")
    assert guess.compound in ("lh", "")


@pytest.mark.rule("ADR-01")
def test_the_longest_name_of_a_compound_decides() -> None:
    assert read_address("柳花苑西区1号楼", COMPOUNDS) == AddressGuess("lhx", "1")


@pytest.mark.rule("ADR-01")
def test_without_a_compound_every_compound_is_a_candidate() -> None:
    guess = read_address("1-2-502", COMPOUNDS)
    assert guess is not None
    assert paths(guess, COMPOUNDS) == ["lh/1/2/502", "lhx/1/2/502"]


@pytest.mark.parametrize(
    "typed", ["王建国", "13812346021", "lh0120502", "2 3", "", "柳花苑的朋友", "DW20261121004"]
)
def test_what_is_no_address_is_not_read_as_one(typed: str) -> None:
    assert read_address(typed, COMPOUNDS) is None


@pytest.mark.rule("ADR-01")
@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_label_is_read_back_as_the_room_it_names(building: str, unit: str, room: str) -> None:
    assert read_address(label("柳花苑", building, unit, room), COMPOUNDS) == AddressGuess(
        "lh", building, unit, room
    )
    assert label_en("Liuhua Yuan", building, unit) == f"Liuhua Yuan, Building {building}, Unit {unit}"
    assert path("lh", building, unit, room) == f"lh/{building}/{unit}/{room}"


def test_numbers_are_kept_narrow_lower_case_and_without_zeros() -> None:
    assert [check_number(n, field="room") for n in ("０５０２", "12A", " 7 ")] == ["502", "12a", "7"]
    for wrong in ("", "0", "1/2", "五"):
        with pytest.raises(BadPremises) as refused:
            check_number(wrong, field="room")
        assert refused.value.field == "room"


@pytest.mark.rule("ADR-02")
def test_a_code_begins_account_names_so_it_is_lower_case_letters() -> None:
    check_code("lh")
    with pytest.raises(BadPremises):
        check_code("LH1")
