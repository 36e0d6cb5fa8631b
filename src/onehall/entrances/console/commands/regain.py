"""`onehall regain STAFF_NO`: lets somebody in again whom nobody else can, the last administrator above all (SEC-08)."""

import argparse
from datetime import UTC, datetime
from typing import Any

from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, say
from onehall.journeys.regain_login import regain_login


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "regain", help=both("重置登录：给一个首次密码", "reset a login: a password for the first sign-in")
    )
    parser.add_argument("staff_no", help=both("工号", "staff number"))
    parser.add_argument("--reason", required=True, help=both("原因，记入审计", "why; it goes on record"))
    parser.add_argument(
        "--devices",
        action="store_true",
        help=both("验证设备和恢复码一并作废", "devices and recovery codes go, too"),
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    """The password alone on standard output's last line. Raises NotFound, ResetRefused."""
    home.establish()
    with home.database():
        schema.require_current()
        done = regain_login(
            staff_no=arguments.staff_no, devices=arguments.devices, reason=arguments.reason, at=datetime.now(UTC)
        )  # fmt: skip
    say(
        f"{arguments.staff_no} 的登录已重置：结束登录 {done.sessions} 处，作废设备 {done.devices} 个。首次密码只显示这一次：",
        f"login reset: {done.sessions} sign-ins ended, {done.devices} devices removed. The first password, shown once:",
    )
    print(done.password)
    return 0
