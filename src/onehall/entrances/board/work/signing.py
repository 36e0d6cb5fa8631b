"""From what the pad sends to the strokes that are kept as evidence (WRK-02)."""

import json
import math
from typing import Any

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.board.pages import Unreadable
from onehall.foundation.web.requests import Request

_MOST_POINTS = 20_000


def signed_how(request: Request) -> tuple[fieldwork.Sign, fieldwork.Strokes | None]:
    """Strokes of the pad, or the confirmation in the own session; raises Unreadable."""
    if request.POST.get("method") == fieldwork.Sign.CONFIRMED.value:
        return fieldwork.Sign.CONFIRMED, None
    return fieldwork.Sign.STROKES, strokes_of(request.POST.get("strokes", ""))


def strokes_of(sent: str) -> fieldwork.Strokes | None:
    """Points as parts of the pad's width and height; None for an empty pad. Raises Unreadable."""
    if not sent:
        return None
    try:
        pad = json.loads(sent)
        width, height = _length(pad["width"]), _length(pad["height"])
        strokes = tuple(tuple(_point(point, width, height) for point in stroke) for stroke in pad["strokes"])
    except (ValueError, TypeError, KeyError):
        raise Unreadable(what="签名", what_en="The signature", field="strokes") from None
    if sum(len(stroke) for stroke in strokes) > _MOST_POINTS:
        raise Unreadable(what="签名", what_en="The signature", field="strokes")
    return strokes


def _length(given: Any) -> float:
    length = float(given)
    if not math.isfinite(length) or length <= 0:
        raise ValueError
    return length


def _point(point: Any, width: float, height: float) -> tuple[float, float, float, float]:
    x, y, moment, pressure = (float(part) for part in point)
    if not all(math.isfinite(part) for part in (x, y, moment, pressure)):
        raise ValueError
    return round(x / width, 4), round(y / height, 4), moment, pressure
