"""Whatever is refused is refused with the rule that says so and what can be done instead (ORD-05): every class there is."""

import re
import string
from collections.abc import Iterator

import pytest
from django.urls import get_resolver

from onehall.foundation.refusals import Refusal
from tests.house.coverage_page import rules

TECHNICAL = (
    "onehall.entrances.console.", "onehall.foundation.embedded.", "onehall.foundation.profiles.", "onehall.foundation.vault.",
)  # fmt: skip
"""Problems of a machine, told to whoever sets it up: no rule of the hall says no."""

CHINESE = re.compile(r"[\u3400-\u9fff]")


def _kinds(of: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


def every_kind() -> list[type[Refusal]]:
    """Every refusal of the program, once everything that utters one is loaded."""
    assert get_resolver().url_patterns
    ours = {kind for kind in _kinds(Refusal) if kind.__module__.startswith("onehall.")}
    return sorted(
        (kind for kind in ours if not f"{kind.__module__}.".startswith(TECHNICAL)), key=lambda kind: kind.code
    )


KINDS = every_kind()
BOOK = {rule.id for rule in rules()}


def _names(text: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


class _Facts(dict[str, str]):
    """A word for every fact a sentence asks for."""

    def __missing__(self, name: str) -> str:
        return "x"


@pytest.mark.rule("ORD-05")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_refusal_cites_a_rule_of_the_book_in_both_languages_and_shows_a_way_out(
    kind: type[Refusal],
) -> None:
    if kind.rule or "rule" not in vars(kind):
        assert kind.rule in BOOK, f"{kind.__name__} cites {kind.rule!r}, which is not in docs/rules"
    said = {lang: text.format_map(_Facts()) for lang, text in (("zh", kind.zh), ("en", kind.en))}
    assert said["zh"].strip() and said["en"].strip() and not CHINESE.search(said["en"])
    if kind.status == 409:
        assert kind.alternative_zh and kind.alternative_en, f"{kind.__name__} says no and shows no way out"
    assert _names(kind.zh) <= _names(kind.zh) | _names(kind.en)
    assert 400 <= kind.status < 500 or kind.status in (503, 507)  # the disk: nothing that anybody did wrong


def test_the_refusals_were_found() -> None:
    assert len(KINDS) > 60
    assert len({kind.code for kind in KINDS}) == len(KINDS)
