"""`onehall install PROFILE`: an operator's halls, people, offerings and policies from its profile."""

import argparse
from typing import Any

from onehall.entrances.console import home, profile, schema
from onehall.entrances.console.words import both, say


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("install", help=both("装入或更新业务包", "install or renew a profile"))
    parser.add_argument("profile", help=both("业务包代码或目录", "code of a profile, or its folder"))
    parser.add_argument(
        "--demo", action="store_true", help=both("账号使用演示密码", "logins get the demo's password")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises ProfileInvalid with every mistake of its files, SchemaBehind, EmbeddedProblem."""
    home.establish()
    with home.database():
        schema.require_current()
        installed = profile.install(arguments.profile, demo=arguments.demo)
        say(f"业务包 {installed.code} 已装入", f"profile {installed.code} is in")
    return 0
