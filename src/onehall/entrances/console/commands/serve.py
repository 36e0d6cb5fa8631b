"""`onehall serve`: a hall at work. Pages, live updates and the clock, on the database that DATABASE_URL names."""

import argparse
from typing import Any

from onehall.entrances.console import hall, home, profile, schema
from onehall.entrances.console.words import both, say


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("serve", help=both("运行营业厅服务", "serve the hall"))
    parser.add_argument("--host", default=hall.LOOPBACK, help=both("监听地址", "address to listen on"))
    parser.add_argument("--port", type=int, default=8000, help=both("端口", "port"))
    parser.add_argument(
        "--radius",
        default="",
        metavar="ADDRESS:PORT",
        help=both("同时运行 RADIUS，如 *:1812", "run RADIUS too, as *:1812"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises AlreadyRunning, PortTaken, SchemaBehind, PoliciesMissing, EmbeddedProblem, ProcessFailed."""
    host, port = arguments.host, arguments.port
    with hall.only_one(f"http://{host}:{port}"):
        hall.refuse_taken(host, port)
        home.establish()
        with home.database(ours=True):
            schema.require_current()
            profile.require_policies()
            hall.serve(
                host, port, ready=lambda url: say(f"就绪：{url}", f"ready: {url}"), radius_at=arguments.radius
            )
    return 0
