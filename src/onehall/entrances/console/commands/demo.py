"""`onehall demo`: from nothing to a hall with a week of business, in the browser."""

import argparse
import time
from typing import Any

from onehall.entrances.console import hall, home, profile, schema
from onehall.entrances.console.words import both, say


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "demo", help=both("演示：自带数据库与一周业务", "a demo with a database and data")
    )
    parser.add_argument("--host", default=hall.LOOPBACK, help=both("监听地址", "address to listen on"))
    parser.add_argument("--port", type=int, default=8000, help=both("端口", "port"))
    parser.add_argument("--profile", default="dawei", help=both("业务包", "profile"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Works again when repeated. Raises AlreadyRunning, PortTaken, EmbeddedProblem, ProcessFailed."""
    began = time.monotonic()
    host, port = arguments.host, arguments.port

    def step(zh: str, en: str) -> None:
        say(f"[{time.monotonic() - began:5.1f} s] {zh}", en)

    def ready(url: str) -> None:
        step("全部启动", "everything runs")
        print(f"\nready: {url}\n")
        print("\n".join(profile.sign_ins(installed)), end="\n\n")
        say("Ctrl-C 停止", "Ctrl-C stops it")

    with hall.only_one(f"http://{host}:{port}"):
        hall.refuse_taken(host, port)
        home.establish()
        step("密钥与目录就绪", f"keys and folder: {home.path()}")
        with home.database(ours=True):
            step("数据库已启动", "the database is up")
            count = schema.migrate()
            step(f"数据库结构已是最新（更新 {count} 处）", f"the schema is up to date ({count} applied)")
            installed = profile.install(arguments.profile, demo=True)
            step(f"业务包 {installed.code} 已装入", f"profile {installed.code} is in")
            hall.serve(host, port, ready=ready)
    return 0
