"""Writes of the registers room."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from onehall.contexts.registers.contracts import ImportMade, Report, RowKept
from onehall.contexts.registers.models import Import, Row, Upload
from onehall.contexts.registers.queries import KEY, SERIAL
from onehall.contexts.registers.rules.books import FORMATS
from onehall.contexts.registers.rules.refusals import ImportUnderWay, UploadDone
from onehall.contexts.registers.rules.work import PATIENCE, Work, WorkState
from onehall.foundation.database import copy_in, delete_rows, in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.foundation.vault import hasher, keyed_hash

_COLUMNS = (
    "made_id",
    "row",
    "day",
    "key_hash",
    "serial_hash",
    "content",
    "party_id",
    "party_is_new",
    "subscription_id",
)
_NAME = 200  # structural: the width of the column


@in_transaction
def record_import(*, form: str, file_name: str, digest: bytes, by: Actor, at: datetime) -> ImportMade:
    """The import's own line, before its rows; IntegrityError where the same file stands already."""
    row = Import.objects.create(
        format=form, hall_id=by.hall_id, file_name=file_name[-_NAME:], digest=digest, rows=0, accepted=0, repaired=0,
        warned=0, at=at, by_id=by.user_id, by_name=by.name,
    )  # fmt: skip
    return row.as_contract()


@in_transaction
def count_import(*, import_id: int, report: Report) -> ImportMade:
    """What came of it, when its last row is written."""
    Import.objects.filter(pk=import_id).update(
        rows=report.rows, accepted=report.accepted, repaired=len(report.repaired), warned=len(report.warnings)
    )
    return Import.objects.get(pk=import_id).as_contract()


@in_transaction
def keep_rows(*, import_id: int, rows: Iterable[RowKept]) -> None:
    """Keeps accepted rows as they were taken, encrypted; never a password."""
    copy_in(Row, _COLUMNS, _stored(import_id, rows))


def _stored(import_id: int, rows: Iterable[RowKept]) -> Iterator[tuple[Any, ...]]:
    of_key, of_serial = hasher(KEY), hasher(SERIAL)
    for kept in rows:
        key = of_key(kept.key) if kept.key else None
        serial = of_serial(kept.serial) if kept.serial else None
        content = json.dumps(dict(kept.texts), ensure_ascii=False)
        yield (
            import_id, kept.row, kept.day, key, serial, content, kept.party_id, kept.party_is_new, kept.subscription_id,
        )  # fmt: skip


@in_transaction
def rehash_rows(*, after: int, limit: int) -> tuple[int | None, int]:
    """After the search key has changed (SEC-07): the next `limit` rows beyond `after` under the new one.

    The last row seen (None: no more), and how many changed.
    """
    rows = Row.objects.filter(pk__gt=after).order_by("pk").select_for_update(no_key=True, of=["self"])
    seen = list(rows.select_related("made")[:limit])
    changed = 0
    for row in seen:
        texts = json.loads(row.content)
        key, serial = (texts.get(name or "", "") for name in FORMATS[row.made.format].found_by)
        fresh = (keyed_hash(key, KEY) if key else None, keyed_hash(serial, SERIAL) if serial else None)
        if fresh != tuple(one if one is None else bytes(one) for one in (row.key_hash, row.serial_hash)):
            Row.objects.filter(pk=row.pk).update(key_hash=fresh[0], serial_hash=fresh[1])
            changed += 1
    return seen[-1].pk if seen else None, changed


@in_transaction
def take_back_import(*, import_id: int, by: Actor, at: datetime) -> int:
    """Forgets the rows of an import; its own line stays and says who took it back. How many rows."""
    gone = delete_rows(Row.objects.filter(made_id=import_id))
    Import.objects.filter(pk=import_id, undone_at__isnull=True).update(undone_at=at, undone_by=by.name)
    return gone


@in_transaction
def keep_upload(*, form: str, file_name: str, content: bytes, report: Report, by: Actor, at: datetime) -> int:
    """Keeps a file for a decision; a person has one in hand, an older one is forgotten. Raises ImportUnderWay."""
    if Upload.objects.filter(by_id=by.user_id, ended_at__isnull=True, beat_at__gt=at - PATIENCE).exists():
        raise ImportUnderWay()
    delete_rows(Upload.objects.filter(by_id=by.user_id))
    row = Upload.objects.create(
        format=form, hall_id=by.hall_id, file_name=file_name[-_NAME:], content=b64encode(content).decode(),
        report=json.dumps(asdict(report), ensure_ascii=False), at=at, by_id=by.user_id,
    )  # fmt: skip
    return int(row.pk)


@in_transaction
def begin_work(*, upload_id: int, at: datetime) -> None:
    """The import of a kept file begins. Raises UploadDone; ImportUnderWay where it is at work (a double click)."""
    waiting = Upload.objects.filter(pk=upload_id).exclude(ended_at__isnull=True, beat_at__gt=at - PATIENCE)
    if waiting.filter(ended_at__isnull=False, said_zh="").exists():
        raise UploadDone()
    if not waiting.update(phase="judge", done=0, total=0, beat_at=at, ended_at=None, said_zh="", said_en=""):
        raise ImportUnderWay()


@in_transaction
def note_work(*, upload_id: int, work: Work, at: datetime) -> None:
    """How far it is, a sign of life too; or that it is over: all of it is imported, or nothing, for the reason it says.

    What is imported needs its file no longer: it goes, the report stays for the page (SEC-07).
    """
    said, over = work.said or Text("", ""), work.state is not WorkState.RUNNING
    gone = {"content": ""} if work.state is WorkState.DONE else {}
    Upload.objects.filter(pk=upload_id).update(
        **gone,
        phase=work.phase, done=work.done, total=work.total, beat_at=at, ended_at=at if over else None,
        said_zh=said.zh, said_en=said.en,
    )  # fmt: skip


@in_transaction
def forget_uploads(*, before: datetime, limit: int) -> int:
    """Files that lay here since before this moment go, decided upon or not, at most `limit` of them (SEC-07); how many."""
    old = list(Upload.objects.filter(at__lt=before).order_by("pk").values_list("pk", flat=True)[:limit])
    return delete_rows(Upload.objects.filter(pk__in=old)) if old else 0
