"""`onehall keys list | rotate | retire KEY`: the keys that encrypt, and the one by which customers are found (SEC-07)."""

import argparse
from datetime import UTC, datetime
from typing import Any

from onehall.entrances.console import backups, home, schema
from onehall.entrances.console.words import both, complain, say
from onehall.foundation.embedded import backup
from onehall.foundation.refusals import Refusal
from onehall.foundation.vault import keyring
from onehall.journeys.note_key_change import note_key_change
from onehall.runs import renew_encryption as renewal


class StillNeeded(Refusal):
    """Something refers to the key."""

    code = "keys.still_needed"
    rule = "SEC-07"
    status = 409
    zh = "密钥 {key} 还不能停用：{why}"
    en = "Key {key} cannot be retired yet: {why}"
    alternative_zh = "先 onehall keys rotate --continue；备份过了保留期再试。"
    alternative_en = (
        "First `onehall keys rotate --continue`; where backups need it, wait until they are gone."
    )


class NoSuchKey(Refusal):
    """The ring has no such key, or it is the one in use."""

    code = "keys.unknown"
    status = 400
    zh = "没有可停用的密钥 {key}（在用的：{newest}）。"
    en = "There is no key {key} that could be retired (in use: {newest})."
    alternative_zh = "onehall keys list"
    alternative_en = "onehall keys list"


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("keys", help=both("密钥：查看、更换、停用", "keys: list, rotate, retire"))
    parser.add_argument("what", choices=("list", "rotate", "retire"), help=both("做什么", "what to do"))
    parser.add_argument("key", nargs="?", default="", help=both("要停用的密钥", "the key to retire"))
    parser.add_argument(
        "--search", action="store_true", help=both("更换查找用的密钥", "rotate the key of the search hashes")
    )
    parser.add_argument(
        "--continue", dest="again", action="store_true", help=both("接着上次中断处", "go on, no new key")
    )
    parser.add_argument(
        "--batch", type=int, default=renewal.BATCH, help=both("每批行数", "rows per transaction")
    )
    parser.add_argument(
        "--despite-backups",
        action="store_true",
        help=both("旧备份从此打不开", "older backups never open again"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises SchemaBehind, StillNeeded, NoSuchKey, VaultError."""
    home.establish()
    with home.database():
        schema.require_current()
        if arguments.what == "list":
            return _list()
        if arguments.what == "retire":
            return _retire(arguments.key, despite_backups=arguments.despite_backups)
        return _rotate(search=arguments.search, again=arguments.again, batch=arguments.batch)


def _list() -> int:
    ring = keyring.ring()
    for key_id in ring.encryption:
        values = sum(renewal.values_under(key_id).values())
        _line(key_id, ring, key_id == ring.newest, f"{values} 个值 values")
    for key_id in ring.searches:
        _line(key_id, ring, key_id == list(ring.searches)[-1], "查找 search")
    return 0


def _line(key_id: str, ring: keyring.KeyRing, in_use: bool, what: str) -> None:
    mark = "●" if in_use else "○"
    needing = ", ".join(one.folder.name for one in backup.backups(backups.place()) if key_id in one.keys)
    print(f"{mark} {key_id}  {ring.created.get(key_id) or '—'}  {what}  {needing}")


def _rotate(*, search: bool, again: bool, batch: int) -> int:
    """A new key, and everything under it. Killed anywhere, both keys open and find; --continue finishes."""
    if not again:
        key_id = keyring.rotate(search=search, created=datetime.now(UTC).date())
        note_key_change(action="keys.rotated", key_id=key_id, rows=0, at=datetime.now(UTC))
        say(f"新密钥 {key_id}，请另存 {keyring.location()}", f"new key {key_id}: keep a copy of the key file")
    ring = keyring.ring()
    values = renewal.reencrypt_all(batch=batch, told=_progress)
    hashed = renewal.rehash_all(batch=batch, told=_progress)
    done = f"{ring.newest}/{list(ring.searches)[-1]}"
    note_key_change(action="keys.renewed", key_id=done, rows=values + hashed.renewed, at=datetime.now(UTC))
    say(
        f"{values} 个值重新加密，{hashed.renewed} 个号码重新散列",
        f"{values} values, {hashed.renewed} hashes renewed",
    )
    if hashed.duplicates:
        complain(
            f"{hashed.duplicates} 个号码重复登记，请先合并客户再 --continue",
            f"{hashed.duplicates} numbers are registered twice: merge those customers, then --continue",
        )
        return 1
    return 0


def _progress(what: str, count: int) -> None:
    print(f"    {what} +{count}", flush=True)


def _retire(key_id: str, *, despite_backups: bool) -> int:
    ring = keyring.ring()
    newest = (ring.newest, list(ring.searches)[-1])
    if key_id in newest or key_id not in {**ring.encryption, **ring.searches}:
        raise NoSuchKey(key=key_id or "?", newest="、".join(newest))
    why = _needs(key_id, despite_backups=despite_backups)
    if why:
        raise StillNeeded(key=key_id, why=why)
    keyring.retire(None, key_id)
    note_key_change(action="keys.retired", key_id=key_id, rows=0, at=datetime.now(UTC))
    say(f"密钥 {key_id} 已停用", f"key {key_id} is retired")
    return 0


def _needs(key_id: str, *, despite_backups: bool) -> str:
    """What still refers to the key; empty where nothing does."""
    since = renewal.oldest_open_transaction()
    if since is not None and since < keyring.changed_at():
        return "换密钥前开始的事务尚未结束 a transaction from before the rotation is still open"
    values = renewal.values_under(key_id)
    if values:
        return "、".join(f"{column} {count}" for column, count in values.items())
    if key_id in keyring.ring().searches:
        hashed = renewal.rehash_all()
        if hashed.duplicates:
            return f"{hashed.duplicates} 个号码重复登记 numbers registered twice"
        return ""
    needing = [one.folder.name for one in backup.backups(backups.place()) if key_id in one.keys]
    return "" if despite_backups else "、".join(needing)
