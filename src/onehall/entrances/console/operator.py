"""Who works at the command line, and for which operator."""

from datetime import UTC, datetime

from onehall.contexts.organisation import api as organisation
from onehall.entrances.console import profile, schema
from onehall.foundation.identity.permissions import PERMISSIONS
from onehall.foundation.profiles import load_profile
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, NotFound, Scope
from onehall.journeys.admit_console import CONSOLE, admit_console


class NoOperator(Refusal):
    """The database is empty and no profile is named."""

    code = "console.no_operator"
    rule = "ORG-01"
    zh = "数据库里还没有营业单位。"
    en = "The database holds no operator yet."
    alternative_zh = "请加上 --profile 业务包，或先执行 onehall install。"
    alternative_en = "Name one with --profile, or run `onehall install` first."


class AnotherOperator(Refusal):
    """One database is one operator."""

    code = "console.another_operator"
    rule = "ORG-01"
    zh = "这个数据库属于“{holder}”，不能按业务包“{asked}”导入。"
    en = "This database belongs to {holder}; profile {asked} cannot be used with it."
    alternative_zh = "请去掉 --profile，或换一个数据库（ONEHALL_HOME、DATABASE_URL）。"
    alternative_en = "Leave --profile out, or use another database (ONEHALL_HOME, DATABASE_URL)."


def ready(code: str | None) -> None:
    """The schema is current and the operator there; an empty database gets both. Raises SchemaBehind, AnotherOperator."""
    if schema.is_empty():
        schema.migrate()
    schema.require_current()
    wanted = load_profile(code) if code else None
    try:
        holder = organisation.operator(scope=Scope.operator())
    except NotFound:
        if wanted is None or code is None:
            raise NoOperator() from None
        profile.install(code, demo=False)
        return
    if wanted is not None and wanted.operator.code != holder.code:
        raise AnotherOperator(holder=holder.name.zh, asked=code)


def at_the_console(*, at: datetime) -> Actor:
    """Whoever may run commands on the machine acts as the console, for every hall; the first one is where it is entered."""
    halls = organisation.halls(scope=Scope.operator())
    if not halls:
        raise NoOperator()
    return Actor(
        user_id=admit_console(at=at.astimezone(UTC)), name=CONSOLE, staff_no=CONSOLE, hall_id=halls[0].id,
        permissions=frozenset(PERMISSIONS), halls=None,
    )  # fmt: skip
