"""A hand on a pad: what is a signature, and how it is kept, hashed and drawn (LAW-32). Pure."""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onehall.foundation.refusals import Refusal

_MARGIN = 6.0  # structural: points of the pad around the drawn lines, so that no line touches the edge of its picture
_THIN, _THICK = 1.2, 2.4  # structural: the pen of the pad on the screen, in points of the pad

Stroke = tuple[tuple[float, float, float, float], ...]
"""Points of x and y on the pad, milliseconds since the first touch, pressure from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Pad:
    """What was drawn, and how large the field was that it was drawn in, in the same points."""

    width: float
    height: float
    strokes: tuple[Stroke, ...]


class SignatureTooShort(Refusal):
    """A dot or a dash."""

    code = "documents.signature_too_short"
    rule = "LAW-32"
    status = 400
    zh = "签名太短，看不出是谁签的。"
    en = "The signature is too short to tell whose it is."
    alternative_zh = "请在框内写下完整的姓名；写错了点“重签”。"
    alternative_en = "Write the full name inside the box; “Start again” clears it."


class SignatureUnreadable(Refusal):
    """Not what a pad sends."""

    code = "documents.signature_unreadable"
    rule = "LAW-32"
    status = 400
    zh = "没有收到完整的笔迹。"
    en = "The strokes did not arrive complete."
    alternative_zh = "请点“重签”，再签一次。"
    alternative_en = "Press “Start again” and sign once more."


def ink(pad: Pad) -> float:
    """How far the pen travelled on the pad, in percent of its width."""
    drawn = sum(math.dist(a[:2], b[:2]) for stroke in pad.strokes for a, b in pairwise(stroke))
    return 100 * drawn / pad.width


def check_signature(pad: Pad | None, *, least: int) -> Pad:
    """The pad, if something was drawn on it that is `least` percent of its width long. SignatureUnreadable, SignatureTooShort."""
    if pad is None or not (_sound(pad.width) and _sound(pad.height) and pad.width > 0 and pad.height > 0):
        raise SignatureUnreadable(field="strokes")
    if not all(_sound(part) for stroke in pad.strokes for point in stroke for part in point):
        raise SignatureUnreadable(field="strokes")
    if ink(pad) < least:
        raise SignatureTooShort(field="strokes")
    return pad


def spelled(pad: Pad) -> str:
    """The one spelling of the strokes that is kept and hashed."""
    return json.dumps(
        {"width": pad.width, "height": pad.height, "strokes": pad.strokes}, separators=(",", ":")
    )


def strokes_hash(kept: str) -> bytes:
    """The hash of strokes as they are kept."""
    return hashlib.sha256(kept.encode()).digest()


def picture(kept: str) -> str:
    """The strokes as a drawing (SVG) of the lines alone, the same for the same strokes."""
    strokes = json.loads(kept)["strokes"]
    points = [point for stroke in strokes for point in stroke]
    left, top = (min(point[axis] for point in points) - _MARGIN for axis in (0, 1))
    wide, tall = (
        max(point[axis] for point in points) + _MARGIN - edge for axis, edge in ((0, left), (1, top))
    )
    lines = "".join(_line(stroke, left, top) for stroke in strokes if stroke)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.1f} {tall:.1f}" fill="none" stroke="#10233a"'
        f' stroke-linecap="round" stroke-linejoin="round">{lines}</svg>'
    )


def _line(stroke: Sequence[Sequence[float]], left: float, top: float) -> str:
    pressure = sum(point[3] for point in stroke) / len(stroke)
    way = " ".join(f"{point[0] - left:.1f} {point[1] - top:.1f}" for point in (*stroke, stroke[-1]))
    return f'<path stroke-width="{_THIN + _THICK * pressure:.2f}" d="M{way}"/>'


def _sound(number: float) -> bool:
    return math.isfinite(number) and abs(number) < 1e6  # structural: no screen has so many points
