"""Keeps personal data out of log lines (API-05). What is not known to be harmless is left out, not searched for names.

An exception's own words are data: `KeyError('a name')`, PostgreSQL's “Key (number_hash)=(…)”, a form's field. So only its
type, the places it went through and the database's names for what refused are told. The text of our own messages stays,
with numbers and quotations taken out.
"""

import re
from types import TracebackType
from typing import Any

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|`[^`]*`|\([^()]*\)=\([^()]*\)")
_MAIL = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){6,}[\dXx]?")
_CODE_OF_LETTERS_AND_DIGITS = re.compile(r"\b(?=\w*\d)[0-9A-Z]{15,}\b")
_NOT_LATIN = re.compile(r"[^\x20-\x7e]+")
_GAP = "…"
_LONGEST = 400
_DEEPEST = 4
_FRAMES = 40
_DATABASE_FACTS = ("sqlstate", "constraint_name", "table_name", "column_name", "schema_name")
_ABOUT_THE_CONNECTION = ("08", "53", "57")
"""Classes of SQLSTATE that speak of the server, never of a row."""


def clean(text: str) -> str:
    """One line of our own words, without numbers that could be anybody's, mail addresses and what a database quotes."""
    line = text.split("\n", 1)[0]
    for pattern in (_MAIL, _LONG_NUMBER, _CODE_OF_LETTERS_AND_DIGITS):
        line = pattern.sub(_GAP, line)
    return line[:_LONGEST]


def strict(text: str) -> str:
    """One line of somebody else's words: also without quotations and anything that is not plain Latin."""
    return clean(_NOT_LATIN.sub(_GAP, _QUOTED.sub(_GAP, text.split("\n", 1)[0])))


def named(error: BaseException) -> str:
    """The type of an error."""
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def described(error: BaseException, depth: int = 0) -> dict[str, Any]:
    """What may be told of an error: type, places, what the database calls the thing that refused, and its causes."""
    told: dict[str, Any] = {"type": named(error)}
    told |= _by_the_database(error)
    if getattr(type(error), "log_safe", False):  # its class promises to speak of keys and settings only
        told["message"] = clean(str(error))
    told["stack"] = _places(error.__traceback__)
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and depth < _DEEPEST:
        told["cause"] = described(before, depth + 1)
    return told


def _by_the_database(error: BaseException) -> dict[str, Any]:
    told = {}
    state = getattr(error, "sqlstate", None)
    diagnosis = getattr(error, "diag", None)
    for fact in _DATABASE_FACTS:
        value = state if fact == "sqlstate" else getattr(diagnosis, fact, None)
        if value:
            told[fact] = value
    if diagnosis is not None and (state is None or state.startswith(_ABOUT_THE_CONNECTION)):
        told["message"] = strict(str(error))
    return told


def _places(trace: TracebackType | None) -> list[str]:
    """`file:line function`, outermost first; the innermost are kept where there are too many."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        short = "/".join(code.co_filename.replace("\\", "/").rsplit("/", 3)[-3:])
        places.append(f"{short}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-_FRAMES:]
