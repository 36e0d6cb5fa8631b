"""What an access device tells about sessions, as the RADIUS server passes it on to the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from onehall.foundation.database import fetch_all, fetch_one
from tests.rooms.till import NOON

ACCOUNT = "dw0120502"
BRAS = "10.0.0.1"
GIB = 1 << 30
ZONE = "Asia/Shanghai"
_TELL = """select radius.account(%(status)s, %(session)s, %(account)s, %(nas)s::inet, %(port)s, %(caller)s, %(ip)s::inet,
    %(event)s::timestamptz, %(delay)s::bigint, %(seconds)s::bigint, %(up)s::bigint, %(up_giga)s::bigint, %(down)s::bigint,
    %(down_giga)s::bigint, %(granted)s, %(cause)s, 'Asia/Shanghai', %(at)s::timestamptz) as outcome"""


@dataclass(frozen=True)
class Dial:
    """One session of 王建国's router; `minutes` counts from its start, `late` is how much later the packet arrives."""

    session: str = "s1"
    account: str = ACCOUNT
    nas: str = BRAS
    caller: str = "02:00:00:00:00:01"
    begin: datetime = NOON
    granted: str = ""

    def start(self, **told: Any) -> str:
        return self._tell("start", 0, told | {"seconds": None})

    def interim(self, minutes: float, up: int = 0, down: int = 0, **told: Any) -> str:
        return self._tell("interim", minutes, {"up": up, "down": down, **told})

    def stop(self, minutes: float, up: int = 0, down: int = 0, **told: Any) -> str:
        return self._tell("stop", minutes, {"up": up, "down": down, "cause": "User-Request", **told})

    def _tell(self, status: str, minutes: float, told: dict[str, Any]) -> str:
        moment = self.begin + timedelta(minutes=minutes)
        facts = {
            "status": status, "session": self.session, "account": self.account, "nas": self.nas, "caller": self.caller,
            "port": "slot=0;port=1", "ip": None, "event": moment, "delay": None, "seconds": int(minutes * 60), "up": 0,
            "up_giga": 0, "down": 0, "down_giga": 0, "granted": self.granted, "cause": "",
            "at": moment + told.pop("late", timedelta(0)),
        } | told  # fmt: skip
        row = fetch_one(_TELL, facts)
        assert row is not None
        return str(row["outcome"])


def rebooted(nas: str = BRAS, at: datetime = NOON) -> int:
    row = fetch_one("select radius.rebooted(%s::inet, %s, 0, %s) as n", [nas, at, at])
    return int(row["n"]) if row else 0


def on_line() -> list[str]:
    return [
        row["session_id"] for row in fetch_all("select session_id from access.session order by started_at")
    ]


def ended() -> list[tuple[Any, ...]]:
    """(session, cause, minutes, up, down) of what is over."""
    rows = fetch_all(
        "select session_id, cause, seconds, up_octets, down_octets from access.session_ended order by ended_at"
    )
    return [(r["session_id"], r["cause"], r["seconds"] // 60, r["up_octets"], r["down_octets"]) for r in rows]


def usage() -> dict[str, tuple[int, int, int]]:
    """(up, down, minutes) by day."""
    rows = fetch_all("select day, up_octets, down_octets, seconds from access.usage_day order by day")
    return {f"{r['day']:%m-%d}": (r["up_octets"], r["down_octets"], r["seconds"] // 60) for r in rows}
