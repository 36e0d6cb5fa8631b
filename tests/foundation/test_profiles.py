"""A profile is read whole or not at all, and every mistake is named with its file and place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from onehall.foundation.profiles import ProfileInvalid, known_profiles, load_profile
from onehall.foundation.values.money import Money

POCKET = Path(__file__).resolve().parents[1] / "data" / "profiles" / "pocket"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(POCKET, tmp_path / "pocket"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} no longer contains {old}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def problems(folder: Path) -> list[str]:
    with pytest.raises(ProfileInvalid) as refused:
        load_profile(folder)
    assert all(p.what.zh and p.what.en for p in refused.value.problems)
    return [p.in_("en") for p in refused.value.problems]


@pytest.mark.parametrize("code", known_profiles())
def test_every_shipped_profile_is_sound(code: str) -> None:
    profile = load_profile(code)
    assert profile.halls and profile.offerings and profile.dwellings


def test_the_pocket_profile_is_read_as_written() -> None:
    profile = load_profile(POCKET)
    assert [(d.building, d.unit, d.room) for d in profile.dwellings] == [("1", "1", "101"), ("1", "1", "102")]
    quarter = profile.offerings[0]
    assert quarter.price == Money.yuan("99.90") and quarter.prices[0].price == Money.yuan("109.90")
    assert profile.story is None


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [
        ("operator.toml", 'area_code = "0999"\n', "", "operator.area_code", "missing"),
        (
            "operator.toml",
            "valid_from = 2024-01-01",
            'valid_from = "2024-01-01"',
            "operator.valid_from",
            "a date",
        ),
        ("operator.toml", 'en = "Pocket Broadband"', 'en = ""', "operator.name", "both zh and en"),
        ("operator.toml", "postcode", "postcodes", "operator.postcodes", "did you mean postcode?"),
        ("organisation.toml", 'region = "west"', 'region = "east"', "hall “tea”.region", "not in region"),
        (
            "organisation.toml",
            'compounds = ["zz"]',
            'compounds = ["yy"]',
            "hall “tea”.compounds",
            "compounds.csv",
        ),
        (
            "organisation.toml",
            'project_manager = "P3"',
            'project_manager = "P4"',
            "project_manager",
            "staff.toml",
        ),
        ("staff.toml", 'role = "owner"', 'role = "king"', "person “P1”.posts", "roles.toml"),
        ("staff.toml", 'staff_no = "P3"', 'staff_no = "P1"', "person “P1”", "given 2 times"),
        ("offerings.toml", 'price = "99.90"', "price = 99.90", "offering[1].price", 'such as "30.00"'),
        ("offerings.toml", 'price = "99.90"\n', "", "offering “tea100-quarter”", "exactly one of"),
        ("offerings.toml", 'kind = "broadband"', 'kind = "teapot"', "offering[1].kind", "not one of"),
        (
            "offerings.toml",
            'revenue_account = "2"',
            'revenue_account = "9"',
            "revenue_account",
            "accounts.toml",
        ),
        ("offerings.toml", 'sold_as = ["point"]', 'sold_as = ["pint"]', "sold_as", "not in sale"),
        ("offerings.toml", '"identity_document"', '"passport"', "sale.new.papers", "forms.toml"),
        ("offerings.toml", "fees.additional_point", "fees.nothing", "price_policy", "policies.toml"),
        ("numbers.toml", 'first = "001"', 'first = "090"', "book “K090”", "same number of digits"),
        ("numbers.toml", 'counter = "1"', 'counter = "2"', "book “K001”", "organisation.toml counter"),
        ("premises.csv", "zz,1,1,1,01-02", "zz,1,1,1,02-01", "line 2", "should read"),
        ("premises.csv", "zz,1,1,1,01-02", "zz,1,1,1,01-02\nzz,1,1,1,02", "line 3", "already in line 2"),
        ("premises.csv", "zz,1,1,1,01-02", "yy,1,1,1,01", "line 2", "not in compounds.csv"),
        ("premises.csv", "zz,1,1,1,01-02", "zz,1,1,,01", "line 2", "none empty"),
        ("compounds.csv", "code,name_zh", "name_zh,code", "line 1", "heading should be"),
        ("forms.toml", 'terms = "broadband"', 'terms = "coffee"', "form “acceptance”.terms", "wording.toml"),
    ],
)
def test_a_mistake_is_named_with_file_place_and_what_is_wrong(
    folder: Path, edit: Edit, file: str, old: str, new: str, place: str, words: str
) -> None:
    edit(file, old, new)
    found = problems(folder)
    assert any(f.startswith(file) and place in f and words in f for f in found), found


def test_all_mistakes_are_named_at_once_in_both_languages(folder: Path, edit: Edit) -> None:
    edit("operator.toml", 'area_code = "0999"\n', "")
    edit("staff.toml", 'name = "阿依"', "name = 7")
    (folder / "roles.toml").unlink()
    with pytest.raises(ProfileInvalid) as refused:
        load_profile(folder)
    assert len(refused.value.problems) == 3
    assert "3 处错误" in refused.value.sentence("zh") and "缺少这个文件" in refused.value.sentence("zh")
    assert "person[1].name: text is needed, not 7" in refused.value.sentence("en")


def test_broken_toml_names_its_line(folder: Path, edit: Edit) -> None:
    edit("roles.toml", "[[role]]", "[[role]")
    assert any(found.startswith("roles.toml") and "line 1" in found for found in problems(folder))


def test_an_unknown_profile_names_those_that_exist() -> None:
    with pytest.raises(ProfileInvalid) as refused:
        load_profile("nowhere")
    assert all(code in refused.value.sentence("en") for code in known_profiles())
