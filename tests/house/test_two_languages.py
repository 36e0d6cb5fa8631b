"""Both languages side by side: no bare Chinese in templates, no empty half anywhere (decision 0003)."""

import ast
import re
from collections.abc import Iterator

import pytest

from onehall.foundation.refusals import Refusal
from tests.house.source import Finding, Source, calls, files, found_in, in_package, refuse

CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]+")
TAG = re.compile(r"\{%(?:[^%]|%(?!\}))*%\}")
SHOWN_TAG = re.compile(r"\{% templatetag openblock %\}(.*?)\{% templatetag closeblock %\}")
TOKEN = re.compile(r"""(?:(?P<name>\w+)=)?(?P<text>"[^"]*"|'[^']*')""")
COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.S)
OWN_NAMES = ("一厅通", "中文")  # the product, and a language, are called by their own names
WITHOUT_RULE = (
    "onehall.entrances.console.", "onehall.foundation.embedded.", "onehall.foundation.profiles.", "onehall.foundation.vault.",
)  # fmt: skip
"""Technical problems told to whoever installs: no rule of the hall says no, the machine does."""


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _tag(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """(what, mend) of every Chinese text in a template tag that has no English twin beside it."""
    tokens: list[tuple[str, str]] = [
        (token["name"] or "", token["text"][1:-1]) for token in TOKEN.finditer(match[0])
    ]
    named: dict[str, str] = dict(tokens)
    for place, (name, text) in enumerate(tokens):
        if not CHINESE.search(text) or _with_twins_inside(text):
            continue
        beside = tokens[place + 1] if place + 1 < len(tokens) else ("", "")
        apart = named.get(f"{name}_en") or named.get("en") or ""
        twin = apart if name or beside[0] else beside[1]
        if name.endswith("en"):
            yield f"{name} is Chinese: {text}", "translate it"
        elif not twin.strip():
            yield f"half of {text!r} is missing", 'write both languages: "中文" "English"'
        elif CHINESE.search(twin):
            yield f"the English half of {text!r} is Chinese", "translate it"


def _with_twins_inside(text: str) -> bool:
    """`F10|结束服务|End service`: every Chinese part is followed by its English twin."""
    parts = text.split("|")
    pairs = [(part, twin) for part, twin in zip(parts, [*parts[1:], ""], strict=True) if CHINESE.search(part)]
    return all(twin.strip() and not CHINESE.search(twin) for _, twin in pairs)


def bare_chinese(source: Source) -> Iterator[Finding]:
    """Chinese in a template that an English reader would see as it is, and pairs with an empty or wrong half."""
    text = SHOWN_TAG.sub(r"{%\1%}", COMMENTS.sub(_blank, source.text))
    for tag in TAG.finditer(text):
        line = text.count("\n", 0, tag.start()) + 1
        for what, mend in _tag(tag):
            yield Finding(source.path, line, what, mend)
    rest = TAG.sub(_blank, text)
    for own in OWN_NAMES:
        rest = rest.replace(own, " " * len(own))
    for number, line_text in enumerate(rest.splitlines(), start=1):
        found = CHINESE.search(line_text)
        if found:
            yield Finding(source.path, number, f"bare Chinese: {found[0]}", '{% t "中文" "English" %}')


def empty_halves(source: Source) -> Iterator[Finding]:
    """`Text("…", "")` and the like in Python."""
    for call in calls(source.tree):
        if not (isinstance(call.func, ast.Name) and call.func.id == "Text"):
            continue
        halves = [*call.args, *(keyword.value for keyword in call.keywords)]
        values = [half.value for half in halves if isinstance(half, ast.Constant)]
        if len(values) == 2 and bool(str(values[0]).strip()) != bool(str(values[1]).strip()):
            yield Finding(source.path, call.lineno, "a Text lacks one language", "write both")
        if len(values) == 2 and CHINESE.search(str(values[1])) and not CHINESE.search(str(values[0])):
            yield Finding(source.path, call.lineno, "the languages are swapped", "Chinese first")


def all_refusals(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal that the program can utter."""
    for kind in of.__subclasses__():
        yield kind
        yield from all_refusals(kind)


def dumb(kind: type[Refusal]) -> Iterator[Finding]:
    """A refusal without rule, code or a sentence in each language."""
    place = f"{kind.__module__}.{kind.__name__}"
    if not re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", kind.code) or kind.code == Refusal.code:
        yield Finding(place, 1, f"its code is {kind.code!r}", 'a closed code of its own: "room.what"')
    if not re.fullmatch(r"[A-Z]{3}-\d\d", kind.rule) and not place.startswith(WITHOUT_RULE):
        yield Finding(place, 1, "it names no rule", "name the rule that says no (ORD-05)")
    told_by_facts = not re.sub(r"\{\w+\}|\W", "", kind.zh + kind.en) and kind.zh != kind.en
    if not told_by_facts and (not CHINESE.search(kind.zh) or not kind.en.strip() or CHINESE.search(kind.en)):
        yield Finding(place, 1, "it does not speak both languages", "write zh and en")
    if bool(kind.alternative_zh) != bool(kind.alternative_en):
        yield Finding(place, 1, "its alternative is in one language", "write both")


def test_templates_speak_both_languages() -> None:
    refuse(found_in(files("src/onehall", ".html"), bare_chinese))


def test_texts_in_python_speak_both_languages() -> None:
    refuse(found_in(in_package(), empty_halves))


@pytest.mark.rule("ORD-05")
def test_every_refusal_names_its_rule_and_speaks_both_languages() -> None:
    ours = [kind for kind in all_refusals() if kind.__module__.startswith("onehall.")]
    assert len(ours) > 20, "hardly any refusal was loaded: nothing was checked"
    refuse(finding for kind in ours for finding in dumb(kind))
    codes = [kind.code for kind in ours]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    assert not twice, f"these codes stand for two refusals: {twice}"


@pytest.mark.parametrize(
    "text",
    [
        "<button>收款</button>",
        '{% t "收款" "" %}',
        '{% t "收款" "收款" %}',
        '<input placeholder="姓名">',
        '{% t "收款" "Take payment" %} 元',
        '{% panel "客户" %}',
        '{% templatetag openblock %} button "收款" {% templatetag closeblock %}',
        '{% keys "F10|结束服务" "Esc|退一步" %}',
        '{% panel title="客户" title_en="" %}',
        '{{ amount|default:"无" }}',
    ],
)
def test_a_one_sided_template_is_seen(text: str) -> None:
    assert found_in([Source("src/onehall/a.html", text)], bare_chinese)


@pytest.mark.parametrize(
    "text",
    [
        '{% t "收款" "Take payment" %}',
        "{# 收款 #}",
        '{% templatetag openblock %} button "收款" "Take payment" {% templatetag closeblock %}',
        "<!-- 收款 -->",
        "<h1>OneHall 一厅通</h1>",
        "{{ customer.name }}",
        '{% keys "F10|结束服务|End service" "Esc|退一步|Back" %}',
        '{% panel title="客户" title_en="Customer" %}',
        '{% toast "好" "Done" kind="good" %}',
    ],
)
def test_a_two_sided_template_is_left_alone(text: str) -> None:
    assert found_in([Source("src/onehall/a.html", text)], bare_chinese) == []


def test_a_text_with_an_empty_half_is_seen() -> None:
    assert found_in([Source("src/onehall/a.py", 'x = Text("收款", "")')], empty_halves)
    assert found_in([Source("src/onehall/a.py", 'x = Text("Pay", "收款")')], empty_halves)


def test_a_dumb_refusal_is_seen() -> None:
    bare = type("Bare", (Refusal,), {"__module__": "elsewhere"})
    good = type(
        "Good",
        (Refusal,),
        {"code": "room.no", "rule": "ORD-05", "zh": "不行 {a}。", "en": "No {a}.", "__module__": "x"},
    )
    half = type("Half", (good,), {"en": "不行。"})
    same = type("Same", (good,), {"zh": "{why}", "en": "{why}"})
    facts = type("Facts", (good,), {"zh": "{why}", "en": "{why_en}"})
    assert list(dumb(bare)) and list(dumb(half)) and list(dumb(same))
    assert list(dumb(good)) == [] and list(dumb(facts)) == []
