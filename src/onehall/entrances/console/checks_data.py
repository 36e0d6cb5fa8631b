"""What the doctor looks at in the database, its backups and its keys. A look changes nothing and starts nothing."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection

from onehall.entrances.console import backups, home, profile, schema
from onehall.entrances.console.findings import Finding, missing, note, well
from onehall.foundation.database.indexes import invalid_indexes
from onehall.foundation.database.server_health import ServerHealth, server_health
from onehall.foundation.embedded import Server, backup, restore, server_time
from onehall.foundation.policy.services import missing_policies
from onehall.foundation.vault import keyring

_CLOCK_SECONDS = 2.0
_BACK_SECONDS = 120.0
_BACKUP_HOURS = 26  # a day, and time to be late
_DRILL_DAYS = 90


def look_at_database() -> list[Finding]:
    """Whether it answers, keeps this machine's time, has this program's schema, and keeps what it is told."""
    if not os.environ.get("DATABASE_URL") and Server(home.path()).running_port() is None:
        return [note("内置数据库没有运行", "the embedded database does not run", "onehall serve")]
    try:
        with home.database() as url:
            apart = abs((server_time(url) - datetime.now(UTC)).total_seconds())
            found = _schema(apart)
            if found:
                return found
            health, halves = server_health(), invalid_indexes()
            connection.close()
    except (DatabaseError, psycopg.Error) as error:
        return [missing("数据库连不上", f"the database does not answer: {error}", "DATABASE_URL")]
    return [*_answers(health, halves), *_settings(health), *_archiving(health), *_set_back(health)]


def _answers(health: ServerHealth, halves: list[str]) -> list[Finding]:
    version = health.version.split()[0]
    zh, en = "结构最新，时钟一致", "answers, schema and clock are right"
    found = [well(f"数据库 {version} 正常，{zh}", f"PostgreSQL {version} {en}")]
    if halves:
        found.append(missing(f"索引未建完：{'、'.join(halves)}", "half-built indexes", "onehall migrate"))
    return found


def _schema(apart: float) -> list[Finding]:
    count, ahead = schema.waiting(), schema.ahead()
    if ahead:
        zh, en = "数据库结构比程序新", f"the schema is newer than the program: {', '.join(ahead[:3])}"
        return [missing(zh, en, "安装写入它的程序版本 install the version that wrote it")]
    if count:
        return [missing(f"数据库结构有 {count} 处待更新", f"{count} migrations wait", "onehall migrate")]
    if unset := missing_policies(at=datetime.now(UTC)):
        zh, en = f"{len(unset)} 项政策没有值：{'、'.join(unset)}", f"{len(unset)} policies have no value"
        return [missing(zh, en, f"onehall {profile.mends(unset)}")]
    if apart > _CLOCK_SECONDS:
        zh, en = f"与数据库的时钟相差 {apart:.0f} 秒", f"the clocks are {apart:.0f} s apart"
        return [missing(zh, en, "timedatectl set-ntp true")]
    return []


def _settings(health: ServerHealth) -> list[Finding]:
    found = []
    if health.unsafe:
        what = ", ".join(health.unsafe)
        found.append(
            missing(f"断电会丢数据：{what}", f"a power cut loses data: {what}", "postgresql.conf: on")
        )
    if health.checksums == "off":
        zh, en = "数据页没有校验和，坏块发现得晚", "no data checksums: a bad block is noticed late"
        found.append(note(zh, en, "pg_checksums --enable（停库时 while it is stopped）"))
    return found


def _archiving(health: ServerHealth) -> list[Finding]:
    if health.archive_mode == "off":
        zh, en = (
            "日志没有归档，只能恢复到某次备份",
            "the log is not archived: only backups themselves can be restored",
        )
        return [note(zh, en, "archive_mode=on, archive_command=…")]
    if health.archiving_fails:
        zh = f"日志归档失败（{health.failed_segment}），数据盘会写满"
        return [
            missing(zh, "archiving the log fails, the disk will fill up", f"ls {backups.place()} / df -h")
        ]
    return []


def _set_back(health: ServerHealth) -> list[Finding]:
    """The trail never knows the future, unless the clock was set back since."""
    if health.newest_line and health.newest_line > datetime.now(UTC) + timedelta(seconds=_BACK_SECONDS):
        zh = f"最近一条审计记录在将来（{health.newest_line:%Y-%m-%d %H:%M}Z），时钟被拨回"
        return [missing(zh, "the newest line of the trail lies ahead: the clock was set back", "timedatectl")]
    return []


def look_at_backups() -> list[Finding]:
    """How old, whether on this disk only, whether a restore was ever proved, and what restores left behind."""
    if os.environ.get("DATABASE_URL"):
        zh, en = "托管数据库：备份由其服务器负责", "a managed database: its server makes the backups"
        return [note(zh, en, "docs/guides/administrator.md")]
    where = backups.place()
    found = backup.backups(where)
    if not found:
        return [note("没有备份", "there is no backup", "onehall backup DIR"), *_leftovers()]
    newest = found[-1]
    hours = backups.age(newest.finished_at).total_seconds() / 3600
    zh, en = f"最近备份在 {hours:.0f} 小时前（{where}）", f"the last backup is {hours:.0f} hours old"
    said = note(zh, en, "onehall backup") if hours > _BACKUP_HOURS else well(zh, en)
    return [said, *_same_disk(where), *_never_proved(found), *_leftovers()]


def _same_disk(where: Path) -> list[Finding]:
    if where.stat().st_dev != home.path().stat().st_dev:
        return []
    zh, en = "备份与数据在同一块盘上", "backups lie on the disk of the data"
    return [note(zh, en, "onehall backup DIR（另一块盘 another disk）")]


def _never_proved(found: list[backup.Backup]) -> list[Finding]:
    proved = max((one.proved_at for one in found if one.proved_at), default=None)
    if proved is None:
        zh, en = "备份从未做过恢复演练", "no backup was ever proved by a restore"
        return [note(zh, en, "onehall restore --drill")]
    days = backups.age(proved).days
    zh, en = f"上次恢复演练在 {days} 天前", f"a restore was proved {days} days ago"
    return [note(zh, en, "onehall restore --drill") if days > _DRILL_DAYS else well(zh, en)]


def _leftovers() -> list[Finding]:
    folder = home.path() / "postgres"
    found = []
    if (folder / restore.DATA).exists() or (folder / "swap.json").exists():
        zh, en = "有中断的恢复", "a restore was cut short"
        found.append(note(zh, en, "onehall stop，再 onehall restore"))
    aside = sorted(path.name for path in folder.glob("data.before-*"))
    if aside:
        zh, en = f"恢复前的数据还占着磁盘：{'、'.join(aside)}", "data from before a restore are still kept"
        found.append(note(zh, en, f"rm -r {folder / aside[0]}（确认无误后 when sure）"))
    return found


def look_at_keys() -> list[Finding]:
    """The key ring: there, readable by its owner alone, one key of each kind unless a rotation is under way."""
    where = keyring.location()
    if not os.path.exists(where):
        return [note(f"尚无密钥文件 {where}，首次运行时建立", "no key file yet: made at the first run")]
    try:
        ring = keyring.read(where)
    except keyring.VaultError as error:
        return [missing("密钥文件不可用", str(error), f"chmod 600 {where}")]
    newest = f"{ring.newest}/{list(ring.searches)[-1]}"
    zh, en = (
        f"密钥文件 {where}，在用 {newest}，请另存备份",
        f"key file, {newest} in use; keep a copy elsewhere",
    )
    older = [*list(ring.encryption)[:-1], *list(ring.searches)[:-1]]
    if not older:
        return [well(zh, en)]
    said = note(
        f"旧密钥未停用：{'、'.join(older)}", "older keys are not retired", f"onehall keys retire {older[0]}"
    )
    return [well(zh, en), said]


def look_at_zone() -> list[Finding]:
    """The hall's days begin at the profile's midnight, whatever the machine's zone; logs speak the machine's."""
    zone = settings.TIME_ZONE
    offset = datetime.now().astimezone().utcoffset()
    hall = datetime.now(UTC).astimezone(connection.timezone).utcoffset()
    if connection.timezone is not None and offset != hall:
        return [
            note(
                f"时区 {zone}，本机时区不同",
                f"time zone {zone}, the machine's differs",
                f"timedatectl set-timezone {zone}",
            )
        ]
    return [well(f"时区 {zone}", f"time zone {zone}")]
