"""No line of Python knows the name of an operator, a place or a person; and every number has a value with a source."""

import re
from collections.abc import Iterable, Iterator

import pytest

from onehall.foundation.policy import declared
from onehall.foundation.profiles import Profile, known_profiles, load_profile
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from tests.house.source import Finding, Source, found_in, in_package, refuse


def names_of(profile: Profile) -> set[str]:
    """Names of the operator, its regions, halls, compounds, departments, people and demo customers."""
    texts: list[Text] = [profile.operator.name]
    for group in (profile.regions, profile.halls, profile.departments, profile.compounds):
        texts += [entry.name for entry in group]
    texts += [hall.formal_name for hall in profile.halls]
    names = {name.strip() for text in texts for name in (text.zh, text.en)}
    names |= {person.name for person in profile.people}
    names |= {customer.name for customer in profile.story.customer} if profile.story else set()
    return {name for name in names if len(name) > 1}


def codes_of(profile: Profile) -> set[str]:
    """Codes that stand for one place or operator: as whole string literals they are just as much a name."""
    codes = {profile.operator.code, profile.code}
    for group in (profile.halls, profile.compounds):
        codes |= {entry.code for entry in group}
    return {code for code in codes if len(code) > 1}


def pattern(names: Iterable[str], codes: Iterable[str]) -> re.Pattern[str]:
    """Names as words anywhere in a line, codes only as whole string literals."""
    words = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in names]
    quoted = "|".join(re.escape(code) for code in sorted(codes))
    return re.compile("|".join([*sorted(words, key=len, reverse=True), rf"(?P<q>[\"'])(?:{quoted})(?P=q)"]))


def named(source: Source, forbidden: re.Pattern[str]) -> Iterator[Finding]:
    """Lines of Python that know a profile's names or codes."""
    for number, line in enumerate(source.lines, start=1):
        found = forbidden.search(line)
        if found:
            yield Finding(source.path, number, f"{found[0]} belongs to a profile", "read it from the profile")


def test_no_python_knows_a_name_of_a_profile() -> None:
    profiles = [load_profile(code) for code in known_profiles()]
    names = {name for profile in profiles for name in names_of(profile)}
    codes = {code for profile in profiles for code in codes_of(profile)}
    assert names and codes, "no shipped profile was found: nothing was checked"
    forbidden = pattern(names, codes)
    refuse(found_in(in_package(), lambda source: named(source, forbidden)))


@pytest.mark.parametrize(
    "line", ["HALL = '馨苑厅'  # 馨苑", 'if compound == "dw":', "note = '王建国 came'", "# Xinyuan Hall only"]
)
def test_a_name_in_python_is_seen(line: str) -> None:
    source = Source("src/onehall/journeys/a.py", line)
    assert list(named(source, pattern({"馨苑", "王建国", "Xinyuan Hall"}, {"dw", "qj"})))
    assert not list(named(Source("src/onehall/journeys/a.py", "width = dwell"), pattern({"馨苑"}, {"dw"})))


@pytest.mark.rule("ORG-05")
@pytest.mark.parametrize("code", known_profiles())
def test_every_policy_has_a_value_with_a_source_in_every_profile(code: str) -> None:
    given = {value.key: value for value in load_profile(code).policies if not value.hall and not value.region}
    missing = sorted(set(declared()) - set(given))
    assert not missing, f"profiles/{code}/policies.toml has no value for the whole operator for: {missing}"
    unknown = sorted(set(given) - set(declared()))
    assert not unknown, f"profiles/{code}/policies.toml sets keys that no room declares: {unknown}"


@pytest.mark.parametrize("code", known_profiles())
def test_every_value_of_a_profile_is_within_bounds_and_names_its_source(code: str) -> None:
    for value in load_profile(code).policies:
        stored = Money.yuan(value.value).fen if declared()[value.key].kind == "money" else value.value
        declared()[value.key].check(stored)
        assert value.source.strip(), f"profiles/{code}/policies.toml: {value.key} names no source"


def test_every_policy_key_names_its_rule_and_unit() -> None:
    assert declared(), "no room declares a policy: nothing was checked"
    for key in declared().values():
        assert key.unit or key.kind in {"bool", "choice", "str", "list"}, f"{key.code} has no unit"
        assert re.fullmatch(r"[A-Z]{3}-\d\d", key.rule), f"{key.code} names no rule"
        bounded = key.kind not in {"int", "money"} or (key.minimum is not None and key.maximum is not None)
        assert bounded, f"{key.code} has no bounds"
