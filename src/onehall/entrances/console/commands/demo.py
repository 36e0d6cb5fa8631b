"""`onehall demo`: from nothing to a hall with a week of business, in the browser."""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from onehall.entrances.console import hall, home, payers, profile, schema, story, tax_office
from onehall.entrances.console.story_invitation import invitation
from onehall.entrances.console.words import both, say
from onehall.foundation.profiles import Profile, known_profiles

Step = Callable[[str, str], None]


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "demo", help=both("演示：自带数据库与一周业务", "a demo with a database and data")
    )
    parser.add_argument("--host", default=hall.LOOPBACK, help=both("监听地址", "address to listen on"))
    parser.add_argument("--port", type=int, default=8000, help=both("端口", "port"))
    parser.add_argument("--profile", default=known_profiles()[0], help=both("业务包", "profile"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Works again when repeated. Raises AlreadyRunning, PortTaken, PoliciesMissing, EmbeddedProblem, ProcessFailed."""
    step = _steps()
    host, port = arguments.host, arguments.port
    with hall.only_one(f"http://{host}:{port}"):
        hall.refuse_taken(host, port)
        home.establish()
        step("密钥与目录就绪", f"keys and folder: {home.path()}")
        with home.database(ours=True):
            step("数据库已启动", "the database is up")
            installed = _furnish(arguments.profile, step)
            ready = partial(_announce, installed, step)
            with payers.imitated(f"http://{hall.LOOPBACK}:{port}"), tax_office.imitated():
                hall.serve(host, port, ready=ready, radius_at=hall.radius_here(), town=True)
    return 0


def _steps() -> Step:
    """Says what is done and how long after the beginning."""
    began = time.monotonic()
    return lambda zh, en: say(f"[{time.monotonic() - began:5.1f} s] {zh}", en)


def _furnish(code: str, step: Step) -> Profile:
    """Schema, profile and story, each only as far as it is missing."""
    count = schema.migrate()
    step(f"数据库结构已是最新（更新 {count} 处）", f"the schema is up to date ({count} applied)")
    installed = profile.install(code, demo=True)
    step(f"业务包 {installed.code} 已装入", f"profile {installed.code} is in")
    profile.require_policies()
    told = story.tell(installed, now=datetime.now(UTC))
    if told is not None:
        step(f"演示业务已办完，共 {told} 步", f"the demo's business is done, {told} steps")
    return installed


def _announce(installed: Profile, step: Step, url: str) -> None:
    step("全部启动", "everything runs")
    print(f"\nready: {url}\n")
    print("\n".join(profile.sign_ins(installed)), end="\n\n")
    invited = invitation(installed)
    if invited:
        say(*invited)
    say("Ctrl-C 停止", "Ctrl-C stops it")
