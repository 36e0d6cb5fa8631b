"""From what the form says to what the reading understands."""

from datetime import date

from django.http import QueryDict

from onehall.entrances.board.pages import Unreadable
from onehall.foundation.documents.tables import FORMATS
from onehall.foundation.scopes import Actor
from onehall.readings.exports import Asked, Listed


def asked(post: QueryDict, listed: Listed, *, by: Actor, lang: str) -> Asked:
    """Raises Unreadable, and NotPermitted where numbers in clear are asked for without leave (SEC-07)."""
    kind = post.get("format", FORMATS[0])
    if kind not in FORMATS:
        raise Unreadable(what="文件格式", what_en="The format", field="format")
    personal = listed.personal and bool(post.get("personal"))
    if personal:
        by.require("export.personal")
    start, end = (_day(post.get(name, ""), name) if listed.period else None for name in ("start", "end"))
    if start and end and start > end:
        raise Unreadable(what="起止日期（先后）", what_en="The period (its order)", field="end")
    everywhere = post.get("hall") == "all"
    return Asked(kind, start, end, None if everywhere else by.hall_id, personal, lang)


def _day(typed: str, name: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise Unreadable(what="日期", what_en="The day", field=name) from None
