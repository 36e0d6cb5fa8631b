"""From what a thumb typed to what field work understands."""

import json
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import QueryDict

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text

LONGEST_NOTE = 200
"""Signs that a remark may have: what the sheet has room for."""

_MEASURED = re.compile(r"\d{1,5}(\.\d{1,3})?")
_COUNTED = re.compile(r"\d{1,4}")
_DOWN, _UP = Text("下行速率", "The download speed"), Text("上行速率", "The upload speed")
_LOSS = Text("丢包", "The loss")


class Unreadable(Refusal):
    """What was typed is no number, or the form came from elsewhere."""

    code = "pocket.unreadable"
    rule = "WRK-04"
    status = 400
    zh = "{what}填得不对：“{typed}”。"
    en = "{what_en} is not right: “{typed}”."
    alternative_zh = "请填数字，例如 19.6；其他内容都还在。"
    alternative_en = "Enter a number such as 19.6; the rest is kept."


def intent_of(post: QueryDict) -> UUID:
    """The number minted when the form was shown: sent twice, it happens once (WRK-09)."""
    try:
        return UUID(post.get("intent", ""))
    except ValueError:
        raise Unreadable(field="intent", what="表单编号", what_en="The form's number", typed="") from None


def note_of(post: QueryDict) -> str:
    """A remark, as long as the sheet has room for."""
    return post.get("note", "").strip()[:LONGEST_NOTE]


def test_typed(post: QueryDict) -> fieldwork.LineTest:
    """Mbit/s as the measuring page shows them, loss in per cent; kept as kbit/s and ‰."""
    return fieldwork.LineTest(
        down_kbps=_scaled(post, "down", _DOWN, by=1000),
        up_kbps=_scaled(post, "up", _UP, by=1000),
        loss_permille=_scaled(post, "loss", _LOSS, by=10, empty="0"),
        note=note_of(post),
    )


def materials_typed(
    post: QueryDict, catalogue: Iterable[fieldwork.Material]
) -> tuple[fieldwork.MaterialUse, ...]:
    """What was counted for each material: ours (`ours-code`) and the customer's own (`own-code`, FEE-02)."""
    uses = [
        fieldwork.MaterialUse(material.code, _counted(post, f"{whose}-{material.code}", material.name), own)
        for material in catalogue
        for whose, own in (("ours", False), ("own", True))
    ]
    return tuple(use for use in uses if use.quantity)


def points_typed(post: QueryDict) -> int:
    """How many points were connected."""
    return _counted(post, "points", Text("信息点数", "The number of points"))


def signed(post: QueryDict) -> tuple[fieldwork.Sign | None, fieldwork.Strokes | None]:
    """How the customer signed; a method that the screen does not offer counts as not signed."""
    chosen = post.get("method", "")
    if chosen == fieldwork.Sign.STROKES:
        return fieldwork.Sign.STROKES, strokes_drawn(post.get("strokes", ""))
    return (fieldwork.Sign(chosen) if chosen in (fieldwork.Sign.PAPER, fieldwork.Sign.SEAL) else None), None


def strokes_drawn(drawn: str) -> fieldwork.Strokes | None:
    """The pad's answer with places as parts of the field, so that they mean the same on every screen (LAW-32)."""
    try:
        pad = json.loads(drawn)
        width, height = float(pad["width"]), float(pad["height"])
        return tuple(tuple(_point(point, width, height) for point in stroke) for stroke in pad["strokes"])
    except (ValueError, KeyError, TypeError, ZeroDivisionError):
        return None


def _point(point: Any, width: float, height: float) -> tuple[float, float, float, float]:
    x, y, milliseconds, pressure = (float(number) for number in point)
    return _within(x / width), _within(y / height), milliseconds, pressure


def _within(part: float) -> float:
    return round(min(max(part, 0.0), 1.0), 4)


def _scaled(post: QueryDict, name: str, what: Text, *, by: int, empty: str = "") -> int:
    typed = _plain(post.get(name, "")) or empty
    if not _MEASURED.fullmatch(typed):
        raise Unreadable(field=name, what=what.zh, what_en=what.en, typed=post.get(name, ""))
    return round(Decimal(typed) * by)


def _counted(post: QueryDict, name: str, what: Text) -> int:
    typed = _plain(post.get(name, "")) or "0"
    if not _COUNTED.fullmatch(typed):
        raise Unreadable(field=name, what=what.zh, what_en=what.en, typed=post.get(name, ""))
    return int(typed)


def _plain(typed: str) -> str:
    """Full-width figures are read as figures."""
    return unicodedata.normalize("NFKC", typed).strip()
