"""`onehall rate CALLS`: the calls of a month rated from files to files, without a database (VOI-02)."""

import argparse
import importlib
from pathlib import Path
from typing import Any

from onehall.contexts.rating import api as rules
from onehall.entrances.console.words import both, say

ENGINES = ("duckdb", "spark", "kernel")
_FILES = {
    "accounts": ("帐户：号码、资费、赠送话费、余额", "accounts: number, plan, monthly credit, balance"),
    "prefixes": ("号段：前缀、类别", "prefixes and their classes"),
    "plans": ("资费（TOML）：每分钟价格", "plans (TOML): prices per minute"),
}


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "rate", help=both("话单计费：只用文件，不需要数据库", "rate calls: files alone, no database")
    )
    parser.add_argument(
        "calls", metavar="CALLS", type=Path, help=both("话单，csv 或 parquet", "calls, csv or parquet")
    )
    parser.add_argument(
        "--month", required=True, help=both("月份，例如 2026-10", "the month, such as 2026-10")
    )
    for name, (zh, en) in _FILES.items():
        parser.add_argument(f"--{name}", required=True, type=Path, help=both(zh, en))
    parser.add_argument("--topups", type=Path, help=both("本月充值", "money paid in during the month"))
    parser.add_argument("--out", type=Path, help=both("结果目录", "folder of the results"))
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help=both("计费引擎", "engine"))
    parser.add_argument(
        "--explain", metavar="CALL_ID", help=both("说明一次通话的费用", "tell how a charge came about")
    )
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace) -> int:
    """0 rated or explained. Raises the refusals of rating."""
    if arguments.out is None and arguments.explain is None:
        arguments.parser.error(both("需要 --out 或 --explain", "--out or --explain is wanted"))
    # Arrow and DuckDB take a second to load, which no other command should wait for.
    rating = importlib.import_module("onehall.runs.rate_files.rating")
    files = rating.Files(
        arguments.calls, arguments.accounts, arguments.prefixes, arguments.plans, arguments.topups
    )
    month = rules.month(arguments.month)
    if arguments.out is not None:
        _tell(rating.rate(files, month=month, out=arguments.out, engine=arguments.engine), arguments.out)
    if arguments.explain is not None:
        explaining = importlib.import_module("onehall.runs.rate_files.explaining")
        for zh, en in explaining.explain(files, month=month, call_id=arguments.explain):
            say(zh, en)
    return 0


def _tell(summary: dict[str, Any], out: Path) -> None:
    say(
        f"{summary['month']}：话单 {summary['rows']} 行，已计费 {summary['rated']}，挂起 {summary['suspense']}",
        f"{summary['rows']} rows of calls, {summary['rated']} rated, {summary['suspense']} in suspense",
    )
    for reason, count in summary["reasons"].items():
        if count:
            say(f"  挂起 {reason}：{count}", f"in suspense, {reason}: {count}")
    say(f"结果在 {out}", f"results are in {out}")
