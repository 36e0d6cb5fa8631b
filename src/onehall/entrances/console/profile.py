"""Installing a profile from the console, and who may sign in afterwards."""

import unicodedata
from datetime import UTC, datetime

from onehall.foundation.profiles import Profile, load_profile
from onehall.journeys.install_profile import install_profile


def install(code: str, *, demo: bool) -> Profile:
    """Installs or renews a shipped profile (or a folder); `demo` gives its logins the demo's password."""
    install_profile(profile=code, by=None, at=datetime.now(UTC), demo=demo)
    return load_profile(code)


def sign_ins(profile: Profile) -> list[str]:
    """A table of the demo's logins, one line each."""
    halls = {hall.code: hall.name.zh for hall in profile.halls}
    roles = {role.code: role.name for role in profile.roles}
    rows = [("工号", "姓名", "岗位 role", "营业厅 hall", "密码 password")]
    for person in profile.people:
        if person.sign_in:
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
