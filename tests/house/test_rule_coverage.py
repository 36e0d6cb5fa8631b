"""The coverage page says what the tests say, and no test proves a rule that does not exist."""

from tests.house.coverage_page import PAGE, Rule, claims, claims_of, first_words, page, rules, rules_of
from tests.house.source import Source

BOOK = [
    Rule("CSH-01", "A shift is a session", "100-cash.md"),
    Rule("CSH-02", "Counted by seven", "100-cash.md"),
]


def test_the_rule_book_gives_every_id_once() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) > 250, "the rule book was not read"
    assert len(ids) == len(set(ids)), f"given twice: {sorted({i for i in ids if ids.count(i) > 1})}"


def test_tests_name_only_rules_of_the_book() -> None:
    known = {rule.id for rule in rules()}
    unknown = [f"{test} claims {rule_id}" for rule_id, test in claims() if rule_id not in known]
    assert not unknown, f"no such rule in docs/rules: {unknown}"


def test_the_coverage_page_is_what_the_tests_say() -> None:
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    assert written == page(rules(), claims()), (
        "docs/rules/coverage.md is out of date. Mend: make coverage-page"
    )


def test_claims_are_read_from_functions_classes_and_modules() -> None:
    text = (
        'pytestmark = pytest.mark.rule("LED-01")\n'
        '@pytest.mark.rule("CSH-01", "CSH-02")\n@pytest.mark.django_db\ndef test_a(): ...\n'
        '@pytest.mark.rule("ORD-05")\nclass TestB:\n    def test_c(self): ...\n'
        '@pytest.mark.rule("ORD-01")\ndef helper(): ...\n'
    )
    assert claims_of(Source("tests/x.py", text)) == [
        ("LED-01", "tests/x.py::test_a"),
        ("CSH-01", "tests/x.py::test_a"),
        ("CSH-02", "tests/x.py::test_a"),
        ("LED-01", "tests/x.py::TestB::test_c"),
        ("ORD-05", "tests/x.py::TestB::test_c"),
    ]


def test_the_page_counts_what_is_proven_and_shows_what_is_not() -> None:
    text = page(BOOK, [("CSH-01", "tests/x.py::test_a"), ("CSH-01", "tests/x.py::test_b")])
    assert "| [100-cash](100-cash.md) | 2 | 1 |" in text
    assert "| CSH-01 | A shift is a session | 2 | `x.py::test_a`<br>`x.py::test_b` |" in text
    assert "| CSH-02 | Counted by seven |  |  |" in text
    assert text != page(BOOK, [])


def test_a_rule_is_read_without_its_tags() -> None:
    assert rules_of(Source("docs/rules/10-x.md", "- **ORG-01** (D M) An operator has regions.\n- other")) == [
        Rule("ORG-01", "An operator has regions", "10-x.md")
    ]
    assert (
        first_words("one two three four five six seven eight nine ten")
        == "one two three four five six seven eight nine …"
    )
