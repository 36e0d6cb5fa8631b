"""Components are given what they have: a word too many is found here, not by the clerk who opens the page."""

import ast
import re
from collections.abc import Iterator

from django.utils.text import smart_split

from tests.house.source import Finding, Source, files, found_in, refuse

TAG = re.compile(r"\{%(.*?)%\}", re.S)
NAMED = re.compile(r"(\w+)=")


def _declared(source: Source) -> Iterator[tuple[str, frozenset[str]]]:
    """(name, fields) of each component that a module of tags declares."""
    for node in source.tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        names = [
            one.args[1].value
            for one in node.decorator_list
            if isinstance(one, ast.Call)
            and isinstance(one.func, ast.Name)
            and one.func.id == "component"
            and isinstance(one.args[1], ast.Constant)
        ]
        own = frozenset(
            one.target.id
            for one in node.body
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        )
        yield from ((str(name), own) for name in names)


COMPONENTS = dict(pair for source in files("src/onehall/foundation/web/tags") for pair in _declared(source))


def given_too_much(source: Source) -> Iterator[Finding]:
    """Every word that a component in a template is given and does not have."""
    for tag in TAG.finditer(source.text):
        name, *words = [*smart_split(tag[1].strip())] or [""]
        if name not in COMPONENTS:
            continue
        for word in words:
            named = NAMED.match(word)
            if named and named[1] not in COMPONENTS[name]:
                line = source.text.count("\n", 0, tag.start()) + 1
                yield Finding(
                    source.path,
                    line,
                    f"{name} has no {named[1]}",
                    f"say what it has: {', '.join(sorted(COMPONENTS[name]))}",
                )


def test_components_are_given_what_they_have() -> None:
    assert {"field", "button", "action", "notice"} <= COMPONENTS.keys()
    refuse(found_in([*files("src/onehall", ".html")], given_too_much))


def test_a_word_too_many_is_found() -> None:
    told = """<p>
{% field "card" "卡号" "Card" maxlength=4 inputmode="numeric" %}{% button "收款" "Charge" key="F9" %}{% t "一=二" "one=two" %}"""
    (found,) = given_too_much(Source("src/onehall/x.html", told))
    assert (found.line, found.what) == (2, "field has no inputmode")
