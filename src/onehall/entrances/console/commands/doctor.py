"""`onehall doctor`: what is missing here, and how to get it."""

import argparse
from typing import Any

from onehall.entrances.console import checks
from onehall.entrances.console.findings import State
from onehall.entrances.console.words import both, say

_MARKS = {State.WELL: "✓", State.NOTE: "•", State.MISSING: "✗"}


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "doctor", help=both("检查缺什么、怎么补", "what is missing and how to get it")
    )
    parser.add_argument("--port", type=int, default=8000, help=both("检查的端口", "the port to look at"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 where something is missing that serving needs; notes do not count."""
    findings = checks.examine(arguments.port)
    for finding in findings:
        say(f"{_MARKS[finding.state]} {finding.zh}", finding.en)
        if finding.remedy:
            print(f"    → {finding.remedy}")
    missing = sum(finding.state is State.MISSING for finding in findings)
    if missing:
        say(f"缺 {missing} 项", f"{missing} missing")
        return 1
    say("可以运行", "ready to run")
    return 0
