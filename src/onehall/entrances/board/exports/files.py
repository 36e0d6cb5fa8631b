"""Making the file: read, recorded, finished, in that order; what was not finished has no name and is gone."""

import errno
import tempfile
from datetime import datetime
from typing import IO

from onehall.foundation.documents.exports import Taken
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.journeys.record_export import record_export
from onehall.readings.exports import Asked, Draft, Listed, draft

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class NoRoom(Refusal):
    """The disk was full before the file was whole."""

    code = "export.no_room"
    rule = "API-03"
    status = 507
    zh = "服务器磁盘已满，文件没有做成。"
    en = "The server's disk is full; the file was not made."
    alternative_zh = "请联系系统管理员腾出空间后再导出。"
    alternative_en = "Ask the administrator to make room, then export again."


def made(
    chosen: Listed, asked: Asked, *, reason: str, most: int, approval: int | None, by: Actor, at: datetime
) -> tuple[IO[bytes], str]:
    """The open file from its beginning, and its name. The log line stands before anybody has it (SEC-04).

    Raises NoRoom, and what `record_export` refuses.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    try:
        with draft(chosen, asked, file, scope=by.scope, at_most=most) as whole:
            taken = _taken(whole, reason)
            serial = record_export(taken=taken, hall_id=by.hall_id, approval=approval, by=by, at=at)
            whole.finish(serial=serial, who=f"{by.name} {by.staff_no}", reason=reason, at=at)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoRoom() from error
        raise
    file.seek(0)
    return file, f"{chosen.name.in_(asked.lang)}_{serial}.{asked.kind}"


def _taken(whole: Draft, reason: str) -> Taken:
    asked, chosen = whole.asked, whole.listed
    return Taken(
        what=chosen.code, permission=chosen.permission, kind=asked.kind, reason=reason, rows=whole.rows,
        halls=whole.halls, personal=asked.personal, start=asked.start, end=asked.end,
    )  # fmt: skip
