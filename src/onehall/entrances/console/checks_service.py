"""What the doctor looks at around a serving hall: the clock process, live updates, the printer, TLS."""

import http.client
import os
import socket
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings

from onehall.entrances.console import hall
from onehall.entrances.console.findings import Finding, missing, note, well
from onehall.foundation.outbox.heart import last_beat

_BEAT_SECONDS = 60.0
_PATIENCE_SECONDS = 2.0
_PRINTER_PORT = 9100


def look_at_clock() -> list[Finding]:
    """Whether the jobs of the timetable run: ends of subscriptions, the seal of the trail, retention."""
    if hall.running() is None:
        return []
    beat = last_beat()
    if beat is None:
        return [missing("定时进程没有动静", "the clock process gives no sign", "logs/clock.log")]
    age = (datetime.now(UTC) - beat.at).total_seconds()
    if age < -_BEAT_SECONDS:
        return [missing("定时进程的记号在将来，时钟被拨回", "the clock was set back", "timedatectl")]
    if age > _BEAT_SECONDS:
        return [
            missing(
                f"定时进程停了 {age:.0f} 秒", f"the clock process is silent for {age:.0f} s", "logs/clock.log"
            )
        ]
    if beat.failing:
        names = "、".join(beat.failing)
        return [missing(f"定时任务失败：{names}", f"jobs fail: {names}", "logs/clock.log")]
    return [well(f"定时任务 {len(beat.jobs)} 项在运行", f"{len(beat.jobs)} jobs of the clock run")]


def look_at_live() -> list[Finding]:
    """Whether live updates answer where the pages tell browsers to look."""
    running = hall.running()
    if running is None:
        return []
    address = urlsplit(running.url)
    host, port = address.hostname or hall.LOOPBACK, address.port or 0
    if any(_answers(host, candidate) for candidate in range(port + 1, port + 4)):
        return [well("实时更新正常", "live updates answer")]
    return [missing("实时更新没有应答", "live updates do not answer", "logs/live.log")]


def look_at_printer() -> list[Finding]:
    """Whether somebody listens at the receipt printer's address."""
    address = settings.RECEIPT_PRINTER
    if not address:
        return [note("没有设小票打印机", "no receipt printer is set", "ONEHALL_RECEIPT_PRINTER=host:9100")]
    host, _, port = address.partition(":")
    try:
        socket.create_connection((host, int(port or _PRINTER_PORT)), timeout=_PATIENCE_SECONDS).close()
    except (OSError, ValueError):
        zh, en = f"小票打印机 {address} 连不上（收款照常）", f"the receipt printer {address} does not answer"
        return [note(zh, en, "开机、接网线；ping / power, cable")]
    return [well(f"小票打印机 {address} 应答", f"the receipt printer {address} answers")]


def look_at_tls() -> list[Finding]:
    """Who may ask for pages, and whether passwords and cookies travel encrypted."""
    local = {"127.0.0.1", "localhost", "[::1]", ""}
    abroad = sorted(set(settings.ALLOWED_HOSTS) - local)
    remedy = "ONEHALL_HTTPS=1 ONEHALL_BASE_URL=https://…，见 docs/guides/administrator.md"
    https = settings.BASE_URL.startswith("https://")
    if https and not settings.SECURE_COOKIES:
        return [missing("用 https 但 Cookie 未加 Secure", "https, but cookies are not marked secure", remedy)]
    if settings.SECURE_COOKIES and not https:
        zh, en = (
            "ONEHALL_HTTPS=1，但 ONEHALL_BASE_URL 不是 https",
            "secure cookies, but the base URL is not https",
        )
        return [note(zh, en, remedy)]
    if abroad and not https:
        zh = f"网络可访问（{'、'.join(abroad)}）但没有 TLS，密码明文传输"
        return [missing(zh, "open to the network without TLS: passwords travel in the clear", remedy)]
    if https and "DATABASE_URL" not in os.environ:
        return [well("TLS 已设", "TLS is set")]
    return [
        well(
            "TLS 已设" if https else "只在本机，不需要 TLS",
            "TLS is set" if https else "this machine only: no TLS needed",
        )
    ]


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/live/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
