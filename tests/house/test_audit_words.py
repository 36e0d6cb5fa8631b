"""Every action that code records in the audit trail has a Chinese and an English word on its page (SEC-09).

A code is read from the call: a literal, either side of a condition, a variable that was given one, a parameter whose type or
whose callers say which, an f-string of such parts. What cannot be read this way is named in `_SPELLED`.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

from onehall.entrances.board.audit.words import ACTIONS, SUBJECTS
from onehall.foundation.documents.contracts import Outcome
from tests.house.source import Finding, Source, called, calls, functions, in_package, refuse, walk, words

_SPELLED = {"answer.outcome.value": {one.value for one in Outcome}}
"""Parts of a code that only the type checker knows."""
_MEND = "say it in both languages in entrances/board/audit/words.py"


@dataclass(frozen=True)
class Reader:
    """Reads codes from the syntax of these files."""

    sources: tuple[Source, ...]

    def recorded(self, key: str) -> Iterator[tuple[Source, int, set[str]]]:
        """Each call of `record` with the values that its keyword may have; an empty set where they cannot be read."""
        for source in self.sources:
            if "foundation.audit" not in source.text and "foundation import audit" not in source.text:
                continue
            for inside in functions(source.tree):
                for call in calls(inside):
                    given = {word.arg: word.value for word in call.keywords}
                    if called(call) in ("record", "audit.record") and key in given:
                        yield source, call.lineno, self.values(given[key], inside, source)

    def values(self, node: ast.expr, inside: ast.AST, source: Source) -> set[str]:
        """Every text that the expression may be; empty where it cannot be told."""
        spelled = ast.unparse(node)
        if spelled in _SPELLED:
            return _SPELLED[spelled]
        if words(node):
            return {words(node)}
        if isinstance(node, ast.IfExp):
            return self.values(node.body, inside, source) | self.values(node.orelse, inside, source)
        if isinstance(node, ast.FormattedValue):
            return self.values(node.value, inside, source)
        if isinstance(node, ast.JoinedStr):
            parts = [self.values(part, inside, source) for part in node.values]
            return {"".join(one) for one in product(*parts)}
        if isinstance(node, ast.Name) and isinstance(inside, ast.FunctionDef):
            return self._named(node.id, inside, source)
        return set()

    def _named(self, name: str, inside: ast.FunctionDef, source: Source) -> set[str]:
        arguments = [*inside.args.args, *inside.args.kwonlyargs]
        taken = next((one for one in arguments if one.arg == name), None)
        if taken is None:
            return {one for given in _assigned(name, inside) for one in self.values(given, inside, source)}
        if taken.annotation is not None and ast.unparse(taken.annotation).startswith("Literal["):
            return {words(one) for one in walk(taken.annotation)} - {""}
        return {one for found in self._given(name, inside) for one in found}

    def _given(self, name: str, verb: ast.FunctionDef) -> Iterator[set[str]]:
        """What callers hand to this parameter; private verbs are called in their own file only."""
        for source, inside, call in self._callers[verb.name]:
            if not verb.name.startswith("_") or verb in walk(source.tree):
                yield from (self.values(one, inside, source) for one in _argument(call, name, verb))

    @cached_property
    def _callers(self) -> "defaultdict[str, list[tuple[Source, ast.AST, ast.Call]]]":
        """Every call of every function, by the name that it calls."""
        found: defaultdict[str, list[tuple[Source, ast.AST, ast.Call]]] = defaultdict(list)
        for source in self.sources:
            for inside in functions(source.tree):
                for call in calls(inside):
                    found[called(call)].append((source, inside, call))
        return found


@cache
def reader(sources: tuple[Source, ...]) -> Reader:
    """One reader for all who ask about the same files."""
    return Reader(sources)


def _argument(call: ast.Call, name: str, verb: ast.FunctionDef) -> Iterator[ast.expr]:
    yield from (word.value for word in call.keywords if word.arg == name)
    places = [one.arg for one in verb.args.args]
    if name in places and places.index(name) < len(call.args):
        yield call.args[places.index(name)]


def _assigned(name: str, inside: ast.AST) -> Iterator[ast.expr]:
    for node in walk(inside):
        if not isinstance(node, ast.Assign):
            continue
        (target,) = node.targets[:1]
        pairs: Iterable[tuple[ast.expr, ast.expr]] = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = zip(target.elts, node.value.elts, strict=True)
        yield from (value for place, value in pairs if ast.unparse(place) == name)


def unworded(sources: tuple[Source, ...], key: str, known: Iterable[str]) -> Iterator[Finding]:
    """Codes without a word, and calls whose codes cannot be read."""
    for source, line, codes in reader(sources).recorded(key):
        if not codes:
            yield Finding(source.path, line, f"the {key} recorded here cannot be read", "write a literal")
        for code in sorted(codes - set(known)):
            yield Finding(source.path, line, f"{key} {code!r} has no word on the audit page", _MEND)


def test_every_recorded_action_has_a_word_in_both_languages() -> None:
    refuse(unworded(tuple(in_package()), "action", ACTIONS))
    assert all(word.zh and word.en and word.zh != word.en for word in ACTIONS.values())


def test_every_subject_of_the_trail_has_a_word() -> None:
    refuse(unworded(tuple(in_package()), "subject", SUBJECTS))


def test_no_word_is_left_for_an_action_that_nobody_records() -> None:
    said = {code for _, _, codes in reader(tuple(in_package())).recorded("action") for code in codes}
    assert len(said) > 30, "no records were found: nothing was checked"
    assert not set(ACTIONS) - said, f"nobody records these: {sorted(set(ACTIONS) - said)}"


def test_an_action_without_a_word_is_seen_however_it_is_said() -> None:
    start = "from onehall.foundation.audit import record\n"
    said = (
        'def go(*, by):\n    record(action="moon.landed", subject="moon")\n',
        'def go(*, by):\n    record(action="moon.landed" if by else "moon.left", subject="moon")\n',
        'def go(*, by):\n    _line("landed")\ndef _line(what):\n    record(action=f"moon.{what}", subject="moon")\n',
        'def go(*, by):\n    what, by = "moon.landed", None\n    record(action=what, subject="moon")\n',
        'def go(*, what: Literal["landed"]):\n    record(action=f"moon.{what}", subject="moon")\n',
        "def go(*, by):\n    record(action=by.what, subject='moon')\n",
    )
    for text in said:
        source = Source("src/onehall/journeys/go.py", start + text)
        assert list(unworded((source,), "action", ())), text
        assert not list(unworded((source,), "action", ("moon.landed", "moon.left"))) or "by.what" in text
