"""From an uploaded file to a picture that holds nothing but its points: what is hidden in the file stays outside.

The first bytes decide what it is, the header how many points it would unpack to; only then is it unpacked. Metadata
(place, device, thumbnails), scripts and whatever hangs behind the picture are not carried over.
"""

import io
import struct
from dataclasses import dataclass
from functools import lru_cache

from noto_cjk_sans_otc import FONT_PATH
from PIL import Image, ImageDraw, ImageFont, ImageOps

from onehall.foundation.imagery.refusals import NotAPicture, PictureBroken, PictureTooLarge
from onehall.foundation.values.text import Text

MEGABYTE = 1024 * 1024  # structural: bytes
MILLION = 1_000_000  # structural: points
_LONGEST = 2000  # structural: points along the longer side, enough to read an A4 page
_QUALITY = 80  # structural: of JPEG
_BEGINNINGS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_NAMES = {"jpg": "JPEG", "jpeg": "JPEG", "jpe": "JPEG", "png": "PNG"}
_OTHERS = (
    (b"%PDF", Text("PDF 里可能带脚本，不收", "PDF may carry scripts and is not taken")),
    (b"PK", Text("这是压缩包", "it is an archive")),
    (b"Rar!", Text("这是压缩包", "it is an archive")),
    (b"\x1f\x8b", Text("这是压缩包", "it is an archive")),
    (b"GIF8", Text("GIF 图片不收", "GIF is not taken")),
    (b"<", Text("这是网页或 SVG，可能带脚本", "it is a web page or SVG and may carry scripts")),
)
Image.MAX_IMAGE_PIXELS = None
"""The library would warn or refuse by a limit of its own; ours is the policy's and is asked before anything is unpacked."""

_BROKEN = (OSError, SyntaxError, ValueError, struct.error, EOFError)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is taken: bytes of the file, and points that it unpacks to."""

    size: int
    points: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands across the picture: what it may be used for, and until when it is kept."""

    purpose: str
    until: str

    @property
    def words(self) -> str:
        """In one line."""
        return f"仅用于{self.purpose}　{self.until} 前有效　他用无效"


def clean_scan(content: bytes, *, name: str, stamp: Stamp, limits: Limits) -> bytes:
    """The picture as a fresh JPEG with its stamp. NotAPicture, PictureTooLarge, PictureBroken; `name` is the file's own."""
    if len(content) > limits.size:
        raise PictureTooLarge(
            field="file", what=f"{len(content) / MEGABYTE:.1f} MB", what_en=f"{len(content) / MEGABYTE:.1f} MB",
            most=f"{limits.size // MEGABYTE} MB",
        )  # fmt: skip
    kind = _kind(content, name)
    try:
        opened = Image.open(io.BytesIO(content), formats=[kind])
        _check_points(opened.size, limits)
        return _stamped(_upright(opened), stamp)
    except _BROKEN:
        raise PictureBroken(field="file") from None


def _kind(content: bytes, name: str) -> str:
    kind = next((kind for begins, kind in _BEGINNINGS.items() if content.startswith(begins)), "")
    if not kind:
        start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
        why = next((why for begins, why in _OTHERS if start.startswith(begins)), None)
        if not content:
            why = Text("没有选文件，或文件是空的", "no file was chosen, or it is empty")
        raise NotAPicture.because(why or Text("不是 JPG 或 PNG 图片", "it is neither JPG nor PNG"))
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if _NAMES.get(ending) != kind:
        said = f".{ending}" if ending else "—"
        raise NotAPicture.because(
            Text(f"文件名写的是 {said}，内容却是 {kind}", f"its name says {said}, its content is {kind}")
        )
    return kind


def _check_points(size: tuple[int, int], limits: Limits) -> None:
    if size[0] * size[1] > limits.points:
        said = f"{size[0]}×{size[1]}"
        most = f"{limits.points // MILLION} × 10⁶"
        raise PictureTooLarge(field="file", what=f"{said} 点", what_en=f"{said} points", most=most)


def _upright(opened: Image.Image) -> Image.Image:
    """Turned as the camera meant it, on white, no larger than it need be."""
    opened.draft("RGB", (_LONGEST, _LONGEST))
    turned = ImageOps.exif_transpose(opened)
    seen = turned.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    paper.thumbnail((_LONGEST, _LONGEST))
    return paper


def _stamped(picture: Image.Image, stamp: Stamp) -> bytes:
    """The words again and again across the picture, so that no part of it can be used without them."""
    width, height = picture.size
    letters = max(12, min(width, height) // 22)
    font, step = _font(letters), letters * 5
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    long = max(1, int(pen.textlength(stamp.words, font=font))) + letters * 2
    for row, top in enumerate(range(letters, height + step, step)):
        for left in range(-(row % 2) * long // 2, width, long):
            pen.text((left, top), stamp.words, font=font, fill=(200, 30, 30, 110))
    picture.paste(layer, mask=layer.getchannel("A"))
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_PATH), size)
