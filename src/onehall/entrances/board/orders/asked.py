"""Which orders were asked for: the period, the state, only the slow ones."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onehall.entrances.board.pages import address
from onehall.foundation.values.period import local, midnight
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request

PERIODS = {
    "1": Text("今天", "today"), "7": Text("最近 7 天", "7 days"), "30": Text("最近 30 天", "30 days"),
    "90": Text("最近 90 天", "90 days"),
}  # fmt: skip
"""The selector of the board: days up to and with today."""
STATES = {
    "open": Text("没办结", "not filed"), "accepted": Text("受理", "accepted"), "completed": Text("办好", "done"),
    "archived": Text("归档", "filed"), "void": Text("作废", "void"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """[start, end) and what of it; an address that nobody made means the last seven days."""

    days: str
    day: date | None
    state: str
    slow: bool
    after: str
    at: datetime

    @classmethod
    def of(cls, request: Request) -> "Asked":
        """From the address."""
        given = request.GET
        state, days = given.get("state", ""), given.get("days", "")
        return cls(
            days if days in PERIODS else "7", _day(given.get("day", "")), state if state in STATES else "",
            given.get("slow") == "1", given.get("after", ""), request.at,
        )  # fmt: skip

    @property
    def start(self) -> datetime:
        """The first moment."""
        today = local(self.at).date()
        return midnight(self.day or today - timedelta(days=int(self.days) - 1))

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return midnight((self.day or local(self.at).date()) + timedelta(days=1))

    def href(self, path: str = "/board/orders/list", **more: str) -> str:
        """The same with something else."""
        now = {
            "days": self.days, "day": self.day.isoformat() if self.day else "", "state": self.state,
            "slow": "1" if self.slow else "",
        }  # fmt: skip
        return address(path, **{**now, **more})


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
