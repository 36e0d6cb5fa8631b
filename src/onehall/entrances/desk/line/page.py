"""What the page of a line shows, in the words of the desk."""

from datetime import datetime
from typing import Any

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.values.text import Text
from onehall.readings.network.line import Day, Ended, LineView, Live, Waiting

_SHOWN_DAYS = 14
_GIGA = 1_000_000_000
_STANDINGS = {
    provisioning.Standing.WAITING: ("info", Text("等待开通", "starts later")),
    provisioning.Standing.ACTIVE: ("good", Text("在用", "active")),
    provisioning.Standing.EXPIRED: ("bad", Text("已到期", "expired")),
    provisioning.Standing.WITHDRAWN: ("bad", Text("已停", "withdrawn")),
}
_CAUSES = {
    "User-Request": Text("客户断开", "hung up"),
    "Session-Timeout": Text("到期断开", "the paid term ended"),
    "Idle-Timeout": Text("长时间没有流量", "idle"),
    "Admin-Reset": Text("系统断开", "cut by us"),
    "Lost-Carrier": Text("掉线", "the line dropped"),
    "NAS-Reboot": Text("接入设备重启", "the access device restarted"),
    "Lost-Contact": Text("没有报告，自动关闭", "silent, closed by rule"),
    "Superseded": Text("同一设备重新上线", "dialled anew"),
}
_COMMANDS = {
    "refresh": Text("更新有效期和速率", "bring term and speed up to date"),
    "disconnect": Text("断开在线会话", "cut the session"),
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
        "waiting": [(one, command_words(one)) for one in view.waiting],
    }


def command_words(command: Waiting) -> Text:
    """What the network is to be told."""
    return _COMMANDS.get(command.kind, Text(command.kind, command.kind))


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
        "cause": cause_words(one.cause),
    }


def cause_words(cause: str) -> Text:
    """Why a session ended; a cause without a word is shown as the device said it."""
    return _CAUSES.get(cause, Text(cause or "—", cause or "—"))
