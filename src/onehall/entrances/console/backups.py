"""What `backup`, `restore`, `migrate` and the doctor share: the place, the secrets, the proof, the managed database."""

import os
import re
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.db import DatabaseError, connection

from onehall.entrances.console import home, schema
from onehall.entrances.console.words import say
from onehall.foundation import audit
from onehall.foundation.embedded import Server, backup, strongbox
from onehall.foundation.embedded.backup import Backup, Secrets
from onehall.foundation.embedded.backup_problems import KeysMissing
from onehall.foundation.policy.book import MissingPolicy
from onehall.foundation.policy.policies import BACKUPS_DAYS, BACKUPS_LEAST
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.foundation.vault import VaultError, keyring
from onehall.readings.verification import verify_money
from onehall.runs import renew_encryption as renewal

_BEFORE_A_PROFILE = (7, 14)  # backups and days, while the database has no policies yet


class ManagedDatabase(Refusal):
    """DATABASE_URL names a server that somebody else looks after; so do its backups."""

    code = "backup.managed"
    rule = "CON-09"
    status = 409
    zh = "数据库由 DATABASE_URL 指定，备份与恢复用该服务器自己的工具。"
    en = "DATABASE_URL names the database: back it up and restore it with that server's own tools."
    alternative_zh = (
        "云数据库：打开自动备份与按时间点恢复。自管服务器：pg_basebackup -D 目录 -X stream -c fast 加 archive_command，"
        "或 pgBackRest、Barman；恢复后执行 onehall verify。另存 {keys}。见 docs/guides/administrator.md。"
    )
    alternative_en = (
        "In a cloud: switch on automatic backups and point-in-time recovery. Your own server: "
        "`pg_basebackup -D DIR -X stream -c fast` with an archive_command, or pgBackRest or Barman; after a restore run "
        "`onehall verify`. Keep a copy of {keys}. See docs/guides/administrator.md."
    )


class NotATime(Refusal):
    """The moment was not understood."""

    code = "backup.not_a_time"
    status = 400
    zh = "看不懂时间 {given}。"
    en = "The time {given} is not understood."
    alternative_zh = "写作 2026-03-01T12:30:00（本地时间）或 2026-03-01T04:30:00Z。"
    alternative_en = "Write 2026-03-01T12:30:00 (local time) or 2026-03-01T04:30:00Z."


class PassphraseUnsafe(Refusal):
    """The file with the passphrase is missing, too short, or open to others."""

    code = "backup.passphrase_file"
    status = 400
    zh = "口令文件 {file} 不能用：{why}。"
    en = "The passphrase file {file} does not do: {why_en}."
    alternative_zh = "写一行至少 12 个字符，chmod 600。"
    alternative_en = "One line of at least 12 characters, chmod 600."


class Unsound(Refusal):
    """The restored data do not agree with themselves."""

    code = "backup.unsound"
    rule = "CON-09"
    status = 503
    zh = "恢复出的数据核对不符：{what}"
    en = "The restored data do not agree: {what}"
    alternative_zh = "现有数据没有改动。改用更早的备份；确知原库就是如此时加 --despite-findings。"
    alternative_en = "The present data were not touched. Take an earlier backup; where the original was so, add --despite-findings."


def refuse_managed() -> None:
    """Raises ManagedDatabase."""
    if os.environ.get("DATABASE_URL"):
        raise ManagedDatabase(keys=keyring.location())


def place() -> Path:
    """Where backups are: the place of the last one, else ONEHALL_BACKUPS, else `backups` in the folder."""
    link = home.path() / "postgres" / "archive"
    if link.is_symlink():
        return link.readlink().parent
    return Path(os.environ.get("ONEHALL_BACKUPS") or home.path() / "backups").resolve()


def secrets(passphrase_file: str) -> Secrets:
    """Fingerprints of the keys; with a passphrase also the files that the backup takes along, sealed."""
    where = keyring.location()
    fingerprints = _needed(keyring.ring())
    if not passphrase_file:
        return Secrets(fingerprints)
    files = {"keys.toml": Path(where).read_text() if Path(where).exists() else ""}
    signing = home.path() / "secret"
    if signing.exists():
        files["secret"] = signing.read_text()
    return Secrets(fingerprints, files, passphrase(passphrase_file))


def passphrase(file: str) -> str:
    """The one line of the file. Raises PassphraseUnsafe."""
    try:
        mode, line = Path(file).stat().st_mode, Path(file).read_text().strip()
    except OSError as error:
        raise PassphraseUnsafe(file=file, why="读不到", why_en=error.strerror or "unreadable") from None
    if mode & 0o077:
        raise PassphraseUnsafe(file=file, why="他人可读", why_en="others can read it")
    if len(line) < 12:
        raise PassphraseUnsafe(file=file, why="太短", why_en="it is too short")
    return line


def take(server: Server, where: Path, *, passphrase_file: str = "") -> Backup:
    """One backup of the running server, and what is too old removed. Raises BackupProblem."""
    made = backup.take(
        server,
        where,
        secrets=secrets(passphrase_file),
        program=version("onehall"),
        clock=lambda: datetime.now(UTC),
    )
    least, days = _kept()
    gone = backup.prune(where, least=least, days=days, at=datetime.now(UTC))
    if gone:
        say(f"按保留政策删除 {len(gone)} 份旧备份", f"{len(gone)} old backups removed, as the policy says")
    return made


def moment(given: str) -> datetime:
    """A time as typed: local where it names no zone. Raises NotATime."""
    try:
        read = datetime.fromisoformat(re.sub(r"Z$", "+00:00", given))
    except ValueError:
        raise NotATime(given=given) from None
    return read if read.tzinfo else read.replace(tzinfo=local(datetime.now(UTC)).tzinfo)


def require_keys(source: Backup, passphrase_file: str) -> None:
    """The key ring here opens the backup's rows, or is made from the backup's own. Raises KeysMissing, WrongPassphrase."""
    where = Path(keyring.location())
    if passphrase_file and source.keys_inside and not where.exists():
        for name, text in strongbox.unseal(
            source.folder / strongbox.NAME, passphrase(passphrase_file)
        ).items():
            target = where if name == "keys.toml" else home.path() / name
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                keyring.write_new(target, text)
    try:
        here = keyring.ring().fingerprints
    except VaultError:
        here = {}
    missing = sorted(name for name, print_ in source.keys.items() if here.get(name) != print_)
    unopened = [name for name in missing if not _finds(name)]
    if unopened:
        raise KeysMissing(backup=source.folder.name, keys=", ".join(unopened))


def hash_anew(source: Backup) -> None:
    """A backup from before the search key was retired finds nobody until its numbers are hashed by today's."""
    here = keyring.ring().fingerprints
    if any(_finds(name) and here.get(name) != print_ for name, print_ in source.keys.items()):
        count = renewal.rehash_all().renewed
        say(f"{count} 个号码按现在的密钥重新散列", f"{count} numbers hashed by the key of today")


def _finds(key_id: str) -> bool:
    """Search keys are named s1, s2 …: they find rows, and can be done without to open them."""
    return key_id.startswith("s")


def _needed(ring: keyring.KeyRing) -> dict[str, str]:
    """Without keys that encrypt nothing any more, else every nightly backup would keep them from being retired."""
    idle: set[str] = set()
    if len(ring.encryption) > 1:
        try:
            idle = {one for one in ring.encryption if one != ring.newest and not renewal.values_under(one)}
        except DatabaseError:  # a schema that waits for its migration cannot be asked
            connection.close()
    return {name: print_ for name, print_ in ring.fingerprints.items() if name not in idle}


def prove() -> list[str]:
    """What does not agree in the database that Django points to, after bringing it to this program's schema; [] is sound."""
    waiting = schema.waiting()
    if waiting:
        say(f"备份的数据库结构较旧，更新 {waiting} 处", f"the backup's schema is older: {waiting} migrations")
        schema.migrate()
    money = verify_money(scope=Scope.operator(), at_most=3, row_by_row=True)
    chain = audit.verify()
    found = [f"[{one.rule}] {one.record} {one.id}" for one in money.findings]
    return found + ([] if chain.sound else [f"audit {chain.broken}"])


def age(at: datetime) -> timedelta:
    """How long ago."""
    return datetime.now(UTC) - at


def _kept() -> tuple[int, int]:
    try:
        book = policy_book(hall_id=None, at=datetime.now(UTC))
        return book[BACKUPS_LEAST], book[BACKUPS_DAYS]
    except MissingPolicy:
        return _BEFORE_A_PROFILE
