"""Names as they are written and as they are looked for; what is hidden of numbers; papers and purposes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.customers.contracts import (
    Paper,
    PaperKind,
    PartyKind,
    PurposeKind,
    PurposeStated,
    Verification,
)
from onehall.contexts.customers.rules.masking import mask_address, mask_document, mask_name, mask_phone
from onehall.contexts.customers.rules.names import bigrams, check_name, search_keys
from onehall.contexts.customers.rules.papers import check_papers, papers_required
from onehall.contexts.customers.rules.purposes import check_purpose, may_be_told, purpose_end
from onehall.contexts.customers.rules.refusals import BadName, PapersMissing, PurposeIncomplete
from tests.rooms.reception import NOON

PERSON = PartyKind.INDIVIDUAL


@pytest.mark.parametrize("name", ["王建国", "㛃", "𠮷野", "阿依古丽·买买提", "王" * 60, "𠮷" * 60])
def test_rare_characters_and_sixty_places_are_kept(name: str) -> None:
    assert check_name(f"  {name}　") == name


@pytest.mark.parametrize("name", ["", "   ", "王" * 61, "王\x00建国", "王\u202e建国", "王\n建国", "王\ud800"])
def test_empty_long_and_control_characters_are_refused(name: str) -> None:
    with pytest.raises(BadName) as refused:
        check_name(name)
    assert refused.value.field == "name"


@pytest.mark.rule("CUS-04")
@pytest.mark.parametrize(
    ("name", "initials", "pinyin"),
    [
        ("王建国", "wjg", "wangjianguo"),
        ("单田芳", "stf", "shantianfang"),
        ("曾国藩", "zgf", "zengguofan"),
        ("仇英", "qy", "qiuying"),
        ("查良镛", "zly", "zhaliangyong"),
        ("王单", "wd", "wangdan"),
        ("尉迟恭", "ycg", "yuchigong"),
        ("吕布", "lb", "lvbu"),
        ("John Smith", "js", "johnsmith"),
    ],
)
def test_people_are_found_by_the_reading_of_their_surname(name: str, initials: str, pinyin: str) -> None:
    keys = search_keys(name, PERSON)
    assert (keys.initials, keys.pinyin) == (initials, pinyin)


@pytest.mark.rule("CUS-04")
def test_a_firm_has_no_surname() -> None:
    assert search_keys("单县网络公司", PartyKind.ORGANISATION).initials == "dxwlgs"


@pytest.mark.rule("CUS-04")
@given(st.text(max_size=60), st.data())
def test_every_piece_of_a_name_is_found_through_its_bigrams(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name)))
    piece = name[start : data.draw(st.integers(start, len(name)))]
    if len(piece) >= 2:
        assert set(bigrams(piece)) <= set(bigrams(name))


@pytest.mark.rule("SEC-07")
def test_numbers_show_enough_to_recognise_and_not_enough_to_use() -> None:
    assert mask_document("610113198801011234") == "610***********1234"
    assert mask_phone("13812346021") == "138****6021"
    assert mask_document("E12345678") == "E******78"
    assert mask_phone("02968699001") == "0296*****01"
    assert mask_phone("68699001") == "68****01"
    assert mask_address("馨苑1号楼2单元502室") == "馨苑*号楼*单元***室"
    assert mask_address("曲江池边大树下") == "曲江池****"
    assert (mask_name("王建国"), mask_name("刘芳"), mask_name("刘")) == ("王*国", "刘*", "刘")


@pytest.mark.rule("SEC-07")
@given(st.text(min_size=1, max_size=30))
def test_a_mask_keeps_the_length_and_always_hides_something(number: str) -> None:
    for mask in (mask_document, mask_phone):
        assert len(mask(number)) == len(number)
        assert "*" in mask(number)


@pytest.mark.rule("CUS-01")
def test_a_person_shows_original_and_copy_and_an_agent_brings_both_documents() -> None:
    assert papers_required(PERSON, agent=False) == (
        Paper(PaperKind.IDENTITY_DOCUMENT, original=True, copy=True),
    )
    with_agent = {paper.kind: paper for paper in papers_required(PERSON, agent=True)}
    assert with_agent[PaperKind.IDENTITY_DOCUMENT] == Paper(PaperKind.IDENTITY_DOCUMENT, copy=True)
    assert with_agent[PaperKind.AGENT_DOCUMENT].original


@pytest.mark.rule("CUS-01")
def test_a_firm_brings_a_letter_and_a_sealed_power_of_attorney() -> None:
    shown = [
        Paper(PaperKind.INTRODUCTION_LETTER, original=True),
        Paper(PaperKind.POWER_OF_ATTORNEY, original=True),
    ]
    with pytest.raises(PapersMissing) as refused:
        check_papers(PartyKind.ORGANISATION, shown, agent=False)
    assert "授权委托书公章" in refused.value.sentence("zh")
    assert "介绍信" not in refused.value.sentence("zh")
    check_papers(
        PartyKind.ORGANISATION, [*shown, Paper(PaperKind.POWER_OF_ATTORNEY, sealed=True)], agent=False
    )


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("stated", "field"),
    [
        (PurposeStated(PurposeKind.PRESENT_VERIFIED), "verification"),
        (PurposeStated(PurposeKind.OPEN_CASE, case="  "), "case"),
        (PurposeStated(PurposeKind.BREAK_GLASS, reason="看看 "), "reason"),
    ],
)
def test_a_purpose_says_what_its_kind_needs(stated: PurposeStated, field: str) -> None:
    with pytest.raises(PurposeIncomplete) as refused:
        check_purpose(stated)
    assert refused.value.field == field


@pytest.mark.rule("SEC-01", "SEC-02")
def test_complete_purposes_pass_and_end() -> None:
    check_purpose(PurposeStated(PurposeKind.PRESENT_VERIFIED, Verification.ONE_TIME_CODE))
    check_purpose(PurposeStated(PurposeKind.OPEN_CASE, case="DW20261121004"))
    check_purpose(PurposeStated(PurposeKind.BREAK_GLASS, reason="煤气抢险联系住户"))
    assert purpose_end(NOON, minutes=30) == NOON + timedelta(minutes=30)
    assert not may_be_told(
        PurposeStated(PurposeKind.PRESENT_VERIFIED, Verification.ID_DOCUMENT, for_self=False)
    )
