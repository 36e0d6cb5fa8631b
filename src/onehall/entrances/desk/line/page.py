"""What the page of a line shows, in the words of the desk."""

from datetime import datetime
from typing import Any

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.values.text import Text
from onehall.readings.network.line import Day, Ended, LineView, Live

_SHOWN_DAYS = 14
_GIGA = 1_000_000_000
_STANDINGS = {
    provisioning.Standing.WAITING: ("info", Text("等待开通", "starts later")),
    provisioning.Standing.ACTIVE: ("good", Text("在用", "active")),
    provisioning.Standing.PAUSED: ("info", Text("停机保号", "suspended")),
    provisioning.Standing.EXPIRED: ("bad", Text("已到期", "expired")),
    provisioning.Standing.WITHDRAWN: ("bad", Text("已停", "withdrawn")),
}


def line_facts(view: LineView, *, at: datetime) -> dict[str, Any]:
    """The parts of the page, each in both languages."""
    return {
        "line": view,
        "standing": _STANDINGS[view.access.standing] if view.access else None,
        "password": _password(view.access),
        "speed": speed(view.access),
        "live": [_live(one, at) for one in view.sessions],
        "days": [(f"{one.day:%m-%d}", gigabytes(one)) for one in view.usage[-_SHOWN_DAYS:]],
        "ended": [_ended(one) for one in view.ended],
        "waiting": [
            (one, provisioning.command_words(one.kind), _why(one.last_error)) for one in view.waiting
        ],
        "device_why": _why(view.device.last_error) if view.device else None,
    }


def speed(access: provisioning.AccessState | None) -> str:
    """↓ 20 · ↑ 4 Mbit/s, as it is sold."""
    if access is None:
        return "—"
    return f"↓ {provisioning.mbit(access.down_kbps)} · ↑ {provisioning.mbit(access.up_kbps)} Mbit/s"


def gigabytes(day: Day) -> float:
    """Both directions of a day, in GB of 10⁹ octets."""
    return round((day.up_octets + day.down_octets) / _GIGA, 1)


def _password(access: provisioning.AccessState | None) -> tuple[str, Text]:
    """Nobody reads it; whether it is still the first one is all that is told (LAW-03)."""
    if access is None:
        return "plain", Text("—", "—")
    if access.must_change:
        return "warn", Text("初始密码，客户还没有改", "the first password, not changed yet")
    return "good", Text("客户已自己设定", "set by the customer")


def _live(one: Live, at: datetime) -> dict[str, Any]:
    return {
        "session": one,
        "up": f"{one.up_octets / _GIGA:.2f}",
        "down": f"{one.down_octets / _GIGA:.2f}",
        "silent": (at - one.updated_at).total_seconds(),
    }


def _ended(one: Ended) -> dict[str, Any]:
    return {
        "session": one,
        "gigabytes": f"{(one.up_octets + one.down_octets) / _GIGA:.2f}",
        "cause": provisioning.cause_words(one.cause),
    }


def _why(code: str) -> Text | None:
    return provisioning.obstacle(code) if code else None
