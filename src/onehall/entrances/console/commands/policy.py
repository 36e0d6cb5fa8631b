"""`onehall policy [KEY]`: every number with a reason, its bounds and what holds today; with a key, its history."""

import argparse
import difflib
from datetime import UTC, datetime
from typing import Any

from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, say
from onehall.foundation.policy import PolicyKey, declared
from onehall.foundation.policy.book import MissingPolicy
from onehall.foundation.policy.services import entries_of, policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.period import local


class NoSuchPolicy(Refusal):
    """No room declares this key."""

    code = "console.no_such_policy"
    rule = "ORG-05"
    status = 404
    zh = "没有政策 {key}。"
    en = "There is no policy {key}."
    alternative_zh = "相近的：{near}"
    alternative_en = "Similar: {near}"


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("policy", help=both("政策参数与现行值", "policies and what holds today"))
    parser.add_argument("key", nargs="?", help=both("政策代码；不写则全部列出", "a key; all without it"))
    parser.add_argument("--hall", type=int, help=both("营业厅编号（id）", "id of a hall"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises NoSuchPolicy, SchemaBehind."""
    known = declared()
    if arguments.key and arguments.key not in known:
        near = difflib.get_close_matches(arguments.key, known, n=3, cutoff=0.3)
        raise NoSuchPolicy(key=arguments.key, near="、".join(near) or "—")
    home.establish()
    with home.database():
        schema.require_current()
        if arguments.key:
            _history(known[arguments.key])
        else:
            _all(known, arguments.hall)
    return 0


def _all(known: dict[str, PolicyKey[Any]], hall_id: int | None) -> None:
    book = policy_book(hall_id=hall_id, at=datetime.now(UTC))
    for code, key in sorted(known.items()):
        try:
            value = _told(book[key])
        except MissingPolicy:
            value = both("未设定", "not set")
        say(f"{code} = {value} {_unit(key)}  [{key.rule}] {key.title.zh}", key.title.en)


def _history(key: PolicyKey[Any]) -> None:
    say(f"{key.code} [{key.rule}] {key.title.zh}", key.title.en)
    if key.minimum is not None:
        say(f"{_told(key.accept(key.minimum))} … {_told(key.accept(key.maximum))} {_unit(key)}", "bounds")
    for entry in entries_of(key):
        place = next((f"{name} {entry[name]}" for name in ("hall_id", "region_id") if entry[name]), "*")
        start = f"{local(entry['valid_from']):%Y-%m-%d}"
        print(f"  {start}  {_told(key.accept(entry['value']))}  {place}  {entry['source']}")


def _unit(key: PolicyKey[Any]) -> str:
    """Money is kept in fen and read in yuan."""
    return "元 yuan" if key.kind == "money" else key.unit


def _told(value: Any) -> str:
    """As a person reads it."""
    if isinstance(value, tuple):
        return "、".join(value)
    return str(getattr(value, "text", value))
