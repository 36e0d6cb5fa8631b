"""`onehall audit verify`: recomputes the hash chains of the audit trail. `onehall audit trail`: its newest lines (SEC-09)."""

import argparse
from typing import Any

from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, complain, say
from onehall.foundation import audit
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "audit", help=both("审计记录：核验、查看", "the audit trail: verify, look")
    )
    parser.add_argument(
        "what", choices=("verify", "trail"), help=both("核验链条或查看最近记录", "chains, or newest lines")
    )
    parser.add_argument("--most", type=int, default=20, help=both("最多列出几条", "how many lines"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when every chain is whole, 1 when the first broken link was named. Raises SchemaBehind."""
    home.establish()
    with home.database():
        schema.require_current()
        return _verify() if arguments.what == "verify" else _show(arguments.most)


def _verify() -> int:
    verdict = audit.verify()
    say(
        f"{verdict.halls} 个厅共 {verdict.lines} 行已封存，{verdict.unsealed} 行待封存",
        f"{verdict.lines} lines of {verdict.halls} halls sealed, {verdict.unsealed} waiting",
    )
    if verdict.sound:
        say("链条完整", "the chains are whole")
        return 0
    complain(f"从第 {verdict.broken} 行起不符", f"broken at line {verdict.broken}: {verdict.why}")
    return 1


def _show(most: int) -> int:
    for line in reversed(audit.trail(scope=Scope.operator(), limit=most)):
        who = f"{line.staff_no} {line.user_name}" if line.user_id else "—"
        sealed = "●" if line.place is not None else "○"
        at = f"{local(line.at):%Y-%m-%d %H:%M:%S}"
        print(f"{sealed} {line.id} {at} {who} {line.action} {line.subject}/{line.subject_id} {line.rule}")
    return 0
