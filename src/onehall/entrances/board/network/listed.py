"""Sessions as a list: on line now, or ended on the days asked for; by compound, account, device and cause."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from onehall.contexts.organisation import api as organisation
from onehall.contexts.provisioning import api as provisioning
from onehall.entrances.board.network.views import NETWORK, TOPICS
from onehall.entrances.board.pages import SIZE, address, page
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import Period, day_of, local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.network.board import devices
from onehall.readings.network.sessions import LOOK, SessionLine, SessionsAsked
from onehall.readings.network.sessions import sessions as sessions_read

SESSIONS = f"{NETWORK}sessions"
_LONGEST, _PLACE = 64, 120
_GIGA = 1_000_000_000
_ALL = ("", Text("全部", "all"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, cut to what it can be."""

    ended: bool
    day: date
    account: str
    compound: str
    device: str
    cause: str
    after: str

    @classmethod
    def of(cls, request: Request) -> "Asked":
        """From the address; a day that is none is today."""
        given = {
            name: request.GET.get(name, "").strip()[:_LONGEST]
            for name in ("account", "compound", "device", "cause")
        }
        today = local(request.at).date()
        try:
            day = date.fromisoformat(request.GET.get("day", ""))
        except ValueError:
            day = today
        after = request.GET.get("after", "")[:_PLACE]
        return cls(ended=request.GET.get("ended") == "1", day=min(day, today), after=after, **given)

    def address(self, **other: Any) -> str:
        """The list as it is asked for, with other parts."""
        kept = {"ended": "1" if self.ended else "", "day": self.day.isoformat() if self.ended else ""}
        kept |= {name: getattr(self, name) for name in ("account", "compound", "device", "cause")}
        return address(SESSIONS, **{**kept, **other})


@permit("network.view", methods=("GET",))
def sessions(request: Request) -> HttpResponse:
    """A page of sessions, the newest first."""
    return page(request, "board/network/sessions.html", _facts(request, Asked.of(request)),
                part="board/network/session_rows.html", here=NETWORK)  # fmt: skip


def _facts(request: Request, asked: Asked) -> dict[str, Any]:
    found = sessions_read(asked=_wanted(request, asked), limit=SIZE, scope=request.actor.scope)
    return {
        "asked": asked,
        "rows": [_row(one) for one in found.lines],
        "following": asked.address(after=found.after) if found.after else "",
        "partial": found.partial,
        "look": LOOK,
        "source": asked.address(after=asked.after),
        "topics": TOPICS,
        **_choices(asked, request.actor.scope),
    }


def _wanted(request: Request, asked: Asked) -> SessionsAsked:
    now = Period(request.at - timedelta(days=1), request.at + timedelta(seconds=1))
    return SessionsAsked(
        not asked.ended, day_of(asked.day) if asked.ended else now, asked.account.lower(), asked.compound, asked.device,
        asked.cause if asked.ended else "", asked.after,
    )  # fmt: skip


def _choices(asked: Asked, scope: Scope) -> dict[str, Any]:
    codes = sorted({code for hall in organisation.halls(scope=scope) for code in hall.compounds})
    return {
        "tabs": [
            (Text("在线", "On line"), asked.address(ended="", day="", cause=""), not asked.ended),
            (Text("已结束", "Ended"), asked.address(ended="1", day=asked.day.isoformat()), asked.ended),
        ],
        "compounds": [_ALL, *((code, Text(code, code)) for code in codes)],
        "devices": [_ALL, *((one.name, Text(one.name, one.name)) for one in devices(scope=scope))],
        "causes": [_ALL, *provisioning.CAUSES.items()],
    }


def _row(one: SessionLine) -> dict[str, Any]:
    return {
        "session": one,
        "down": f"{one.down_octets / _GIGA:.2f}",
        "up": f"{one.up_octets / _GIGA:.2f}",
        "lasted": lasted(one.seconds),
        "cause": provisioning.cause_words(one.cause) if one.cause else None,
        "href": f"/desk/customers/{one.party_id}/line/{one.account}" if one.party_id else "",
    }


def lasted(seconds: int) -> str:
    """Hours and minutes: 3:05."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}"
