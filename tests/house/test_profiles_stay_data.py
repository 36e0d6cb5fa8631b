"""No line of Python knows the name of an operator, a place or a person; and every number has a value with a source."""

import re
from collections.abc import Iterator
from functools import cache

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
    for group in (profile.regions, profile.halls, profile.compounds):
        codes |= {entry.code for entry in group}
    return {code for code in codes if len(code) > 1}


@cache
def _forbidden() -> tuple[dict[str, str], dict[str, str]]:
    profiles = {code: load_profile(code) for code in known_profiles()}
    names = {name: code for code, profile in profiles.items() for name in names_of(profile)}
    codes = {value: code for code, profile in profiles.items() for value in codes_of(profile)}
    return names, codes


def named(source: Source, names: dict[str, str], codes: dict[str, str]) -> Iterator[Finding]:
    """Lines of Python that know a profile's names or codes."""
    for number, line in enumerate(source.lines, start=1):
        for name, profile in names.items():
            if name in line if not name.isascii() else re.search(rf"\b{re.escape(name)}\b", line):
                what = f"{name} belongs to the profile {profile}"
                yield Finding(source.path, number, what, "read it from the profile")
        for code, profile in codes.items():
            if f'"{code}"' in line:
                yield Finding(
                    source.path,
                    number,
                    f'"{code}" belongs to the profile {profile}',
                    "read it from the profile",
                )


def test_no_python_knows_a_name_of_a_profile() -> None:
    names, codes = _forbidden()
    assert names and codes, "no shipped profile was found: nothing was checked"
    refuse(found_in(in_package(), lambda source: named(source, names, codes)))


@pytest.mark.parametrize("line", ["HALL = '馨苑厅'  # 馨苑", 'if compound == "dw":', "note = '王建国 came'"])
def test_a_name_in_python_is_seen(line: str) -> None:
    source = Source("src/onehall/journeys/a.py", line)
    assert found_in([source], lambda s: named(s, {"馨苑": "x", "王建国": "x"}, {"dw": "x"}))


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
