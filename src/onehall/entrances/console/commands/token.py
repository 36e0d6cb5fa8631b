"""`onehall token issue|list|revoke`: access tokens for programmes, from the administrator's console (API-01, SEC-08)."""

import argparse
from datetime import UTC, datetime
from typing import Any

from onehall.contexts.organisation import api as organisation
from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, say
from onehall.foundation.identity.contracts import TokenLine, TokenWanted
from onehall.foundation.identity.tokens import scopes_possible, tokens
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.period import local
from onehall.journeys.issue_token import issue_token
from onehall.journeys.revoke_token import revoke_token

_DAYS = 90


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("token", help=both("程序的访问令牌", "access tokens of programmes"))
    verbs = parser.add_subparsers(metavar="issue|list|revoke", required=True)
    issue = verbs.add_parser("issue", help=both("发一个（只显示一次）", "issue one, shown once"))
    issue.add_argument("staff_no", help=both("以谁的身份（工号）", "on whose behalf: a staff number"))
    issue.add_argument("--hall", required=True, help=both("营业厅代码", "code of the hall"))
    issue.add_argument("--name", required=True, help=both("用途", "what for"))
    issue.add_argument(
        "--counter", default="", help=both("台席号；收款须有", "counter number, needed for money")
    )
    issue.add_argument("--scope", action="append", help=both("一项权限，可重复；不写则本人全部", "a permission, repeatable; all without it"))  # fmt: skip
    issue.add_argument("--days", type=int, default=_DAYS, help=both("有效天数", "days of life"))
    issue.set_defaults(run=_issue)
    listing = verbs.add_parser("list", help=both("列出", "list them"))
    listing.set_defaults(run=_list)
    revoke = verbs.add_parser("revoke", help=both("撤销", "revoke one"))
    revoke.add_argument("id", type=int, help=both("令牌编号", "number of the token"))
    revoke.set_defaults(run=_revoke)


def _issue(arguments: argparse.Namespace) -> int:
    """The token alone on standard output's last line, so that a script can take it. Raises TokenNotIssued, NotFound."""
    home.establish()
    with home.database():
        schema.require_current()
        hall = organisation.hall_by_code(arguments.hall, scope=Scope.operator())
        seats = {seat.no: seat.id for seat in organisation.counters(hall.id, scope=Scope.operator())}
        if arguments.counter and arguments.counter not in seats:
            raise NotFound(what=f"台席 {arguments.counter}", what_en=f"Counter {arguments.counter}")
        possible = scopes_possible(staff_no=arguments.staff_no, hall_id=hall.id)
        wanted = TokenWanted(
            name=arguments.name, staff_no=arguments.staff_no, hall_id=hall.id,
            counter_id=seats.get(arguments.counter), scopes=tuple(arguments.scope or possible), days=arguments.days,
        )  # fmt: skip
        issued = issue_token(wanted=wanted, by=None, at=datetime.now(UTC))
        until = f"{local(issued.expires_at):%Y-%m-%d}"
        say(
            f"令牌 {issued.id} 有效到 {until}；只显示这一次：",
            f"token {issued.id}, valid until {until}, shown once:",
        )
        print(issued.token)
    return 0


def _list(arguments: argparse.Namespace) -> int:
    home.establish()
    with home.database():
        schema.require_current()
        at = datetime.now(UTC)
        for line in tokens(scope=Scope.operator()):
            seen = f"{local(line.seen_at):%Y-%m-%d %H:%M}" if line.seen_at else "—"
            until = f"{local(line.expires_at):%Y-%m-%d}"
            print(
                f"{line.id}  {_state(line, at)}  {until}  {seen}  {line.staff_no} {line.user_name}  {line.name}"
            )
            print(f"    {' '.join(line.scopes)}")
    return 0


def _state(line: TokenLine, at: datetime) -> str:
    if line.revoked_at is not None:
        return both("已撤销", "revoked")
    return both("有效", "valid") if line.alive(at) else both("已过期", "expired")


def _revoke(arguments: argparse.Namespace) -> int:
    """Raises NotFound."""
    home.establish()
    with home.database():
        schema.require_current()
        line = revoke_token(token_id=arguments.id, by=None, at=datetime.now(UTC))
        say(f"令牌 {line.id}（{line.name}）已撤销。", f"token {line.id} is revoked.")
    return 0
