"""`onehall verify`: proves that money, books and papers agree and that the audit chain is whole (LED-02, SEC-09)."""

import argparse
from typing import Any

from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, complain, say
from onehall.foundation import audit
from onehall.foundation.scopes import Scope
from onehall.readings.verification import CHECKS, Finding, verify_money


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "verify", help=both("核对帐、款、票据三者相符", "prove that money, books and papers agree")
    )
    parser.add_argument(
        "--most",
        type=int,
        default=10,
        help=both("每项核对最多列出几条", "how many findings of each check are listed"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when everything agrees, 1 when something does not; the first offending record is named first.

    Raises SchemaBehind.
    """
    home.establish()
    with home.database():
        behind = schema.waiting()
        if behind:
            raise schema.SchemaBehind(count=behind)
        money = verify_money(scope=Scope.operator(), at_most=arguments.most)
        chain = audit.verify()
    for finding in money.findings:
        _tell(finding)
    if not chain.sound:
        complain(f"审计记录 {chain.broken} 不符：{chain.why}", f"audit line {chain.broken}: {chain.why}")
    say(
        f"核对收款 {money.payments} 笔、收据 {money.receipts} 张、金额 {money.amount} 元，共 {len(CHECKS)} 项",
        f"{money.payments} payments, {money.receipts} receipts, {money.amount} yuan, {len(CHECKS)} checks",
    )
    say(
        f"审计 {chain.lines} 行已封存，{chain.unsealed} 行待封存",
        f"{chain.lines} audit lines sealed, {chain.unsealed} waiting",
    )
    if money.sound and chain.sound:
        say("相符", "everything agrees")
        return 0
    complain("不相符", "something does not agree")
    return 1


def _tell(finding: Finding) -> None:
    """Rule, check, record, what it should be and what it is."""
    complain(
        f"[{finding.rule}] {finding.title.zh}：{finding.record} {finding.id} 应为 {finding.expected}，实为 {finding.found}",
        f"{finding.title.en}: {finding.record} {finding.id} expected {finding.expected}, found {finding.found}",
    )
