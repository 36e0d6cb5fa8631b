"""What the doctor looks at around a serving hall: the clock process, live updates, the printer, TLS."""

import http.client
import os
import socket
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings

from onehall.entrances.console import hall, radius
from onehall.entrances.console.findings import Finding, missing, note, well
from onehall.foundation.outbox.heart import last_beat

_BEAT_SECONDS = 60.0
_PATIENCE_SECONDS = 2.0
_PRINTER_PORT = 9100
_WEB_PORTS = {"http": 80, "https": 443}


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


def look_at_notices() -> list[Finding]:
    """Whether there is a gateway to customers' telephones; without one notices wait and the late ones are dropped (BIL-06)."""
    gateway = settings.SMS_GATEWAY
    if not gateway:
        zh, en = "没有设短信网关，到期提醒发不出去", "no SMS gateway is set: nobody is reminded"
        return [note(zh, en, "ONEHALL_SMS_GATEWAY=https://… ONEHALL_SMS_KEY=…")]
    address = urlsplit(gateway)
    port = address.port or _WEB_PORTS.get(address.scheme, 0)
    if not _listens(address.hostname or "", port):
        zh, en = (
            f"短信网关 {address.netloc} 连不上（提醒稍后重发）",
            f"the SMS gateway {address.netloc} does not answer",
        )
        return [note(zh, en, "ONEHALL_SMS_GATEWAY")]
    return [well(f"短信网关 {address.netloc} 应答", f"the SMS gateway {address.netloc} answers")]


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=_PATIENCE_SECONDS).close()
    except (OSError, ValueError, OverflowError):
        return False
    return True


def look_at_radius() -> list[Finding]:
    """Whether customers can be let on line: FreeRADIUS installed, and one of ours listening where it says."""
    if not radius.installed():
        zh, en = (
            "没有 FreeRADIUS（宽带认证需要）",
            "no FreeRADIUS (needed to let broadband customers on line)",
        )
        return [note(zh, en, "apt-get install freeradius freeradius-postgresql")]
    where = radius.running()
    if where is None:
        return [
            note("FreeRADIUS 已安装，没有运行", "FreeRADIUS is installed, not running", "onehall radius run")
        ]
    address, port = where
    if _hears(address, port) and _hears(address, port + 1):
        return [well(f"RADIUS 在 {address}:{port} 运行", f"RADIUS runs on {address}:{port}")]
    return [missing(f"RADIUS 没有在 {address}:{port} 应答", "RADIUS does not listen", "logs/radius.log")]


def _hears(address: str, port: int) -> bool:
    """Whether somebody has the UDP port: nobody else can take it then."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("" if address == "*" else address, port))
        except OSError:
            return True
        return False


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
