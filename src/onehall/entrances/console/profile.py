"""Installing a profile from the console, and who may sign in afterwards."""

import unicodedata
from datetime import UTC, datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.policy.services import missing_policies
from onehall.foundation.profiles import Profile, known_profiles, load_profile
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotFound, Scope
from onehall.journeys.bring_policies import bring_policies
from onehall.journeys.catch_up_cash_books import catch_up_cash_books
from onehall.journeys.install_profile import install_profile

_NAMED = 3
"""Missing policies that a sentence names."""


class PoliciesMissing(Refusal):
    """The program asks for policies that have no value yet: pages would crash."""

    code = "console.policies_missing"
    status = 503
    zh = "程序要用的 {count} 项政策还没有值：{keys}。"
    en = "{count} policies that this program reads have no value yet: {keys}."
    alternative_zh = "请执行 onehall {command}，再启动。"
    alternative_en = "Run `onehall {command}`, then start again."


def install(code: str, *, demo: bool) -> Profile:
    """Installs or renews a shipped profile (or a folder); `demo` gives its logins the demo's password."""
    install_profile(profile=code, by=None, at=datetime.now(UTC), demo=demo)
    return load_profile(code)


def require_policies() -> None:
    """Raises PoliciesMissing where a page would ask for a policy that nobody ever set."""
    missing = missing_policies(at=datetime.now(UTC))
    if missing:
        more = "…" if len(missing) > _NAMED else ""
        raise PoliciesMissing(
            count=len(missing), keys="、".join(missing[:_NAMED]) + more, command=mends(missing)
        )


def mends(missing: list[str]) -> str:
    """The command that brings these policies."""
    shipped = _shipped()
    known = {value.key for value in shipped.policies} if shipped else set()
    return "migrate" if known.issuperset(missing) else "install DIR（业务包目录 the profile's folder）"


def bring() -> list[str]:
    """Values of the operator's shipped profile for policies that have none; which they are."""
    shipped = _shipped()
    return bring_policies(profile=shipped, at=datetime.now(UTC)) if shipped else []


def catch_up() -> int:
    """Postings for cash that an older program did not book; in how many halls."""
    shipped = _shipped()
    return catch_up_cash_books(profile=shipped, at=datetime.now(UTC)) if shipped else 0


def _shipped() -> Profile | None:
    """The profile of this program that the operator was set up from, if it is one of them."""
    try:
        code = organisation.operator(scope=Scope.operator()).code
    except NotFound:
        return None
    profiles = (load_profile(name) for name in known_profiles())
    return next((one for one in profiles if one.operator.code == code), None)


def sign_ins(profile: Profile) -> list[str]:
    """A table of the demo's logins, one line each; service accounts are nobody's."""
    machines = {counter.online for counter in profile.counters}
    halls = {hall.code: hall.name.zh for hall in profile.halls}
    roles = {role.code: role.name for role in profile.roles}
    rows = [("工号", "姓名", "岗位 role", "营业厅 hall", "密码 password")]
    for person in profile.people:
        if person.sign_in and person.staff_no not in machines:
            names = [roles[post.role] for post in person.posts]
            rows.append(
                (
                    person.staff_no,
                    person.name,
                    "、".join(dict.fromkeys(f"{name.zh} {name.en}" for name in names)),
                    "、".join(dict.fromkeys(halls.get(post.hall, "全部 all") for post in person.posts)),
                    profile.demo_password,
                )
            )
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
