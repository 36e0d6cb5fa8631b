"""扫描件 on bad days: what is no picture is refused in a sentence, what is one is drawn anew (LAW-06)."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from onehall.foundation.imagery import (
    Limits,
    NotAPicture,
    PictureBroken,
    PictureTooLarge,
    Stamp,
    clean_scan,
)
from onehall.foundation.refusals import Refusal
from tests.pictures import picture

LIMITS = Limits(size=1_048_576, points=4_000_000)
STAMP = Stamp("办理宽带", "2027-05-22")


def clean(content: bytes, name: str) -> bytes:
    return clean_scan(content, name=name, stamp=STAMP, limits=LIMITS)


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 1_000_000)
    return made.getvalue()


def bomb(side: int = 40_000) -> bytes:
    """A PNG of few bytes that says it unpacks to `side` × `side` points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")


BAD = {
    "pdf with script": (b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", "id.pdf", "脚本"),
    "pdf called jpg": (b"%PDF-1.4 ", "id.jpg", "PDF"),
    "svg with script": (b"\xef\xbb\xbf <svg onload='alert(1)'/>", "id.svg", "SVG"),
    "svg called png": (b'<?xml version="1.0"?><svg><script>1</script></svg>', "id.png", "SVG"),
    "zip": (zipped(), "id.zip", "压缩包"),
    "zip called png": (zipped(), "id.png", "压缩包"),
    "gif": (b"GIF89a" + b"\0" * 30, "id.gif", "GIF"),
    "nothing": (b"", "", "没有选文件"),
    "words": ("身份证".encode(), "id.png", "JPG"),
    "png called jpg": (picture("PNG"), "id.jpg", ".jpg"),
    "jpeg called exe": (picture("JPEG"), "id.exe", ".exe"),
    "no ending": (picture("JPEG"), "scan", "—"),
}  # fmt: skip


@pytest.mark.rule("LAW-06")
@pytest.mark.parametrize("case", BAD)
def test_what_is_no_picture_is_refused_in_words(case: str) -> None:
    content, name, word = BAD[case]
    with pytest.raises(NotAPicture) as no:
        clean(content, name)
    assert word in no.value.sentence("zh") and no.value.field == "file"
    assert no.value.sentence("en").isascii() or "—" in no.value.sentence("en")


@pytest.mark.rule("LAW-06")
def test_what_is_too_large_is_not_unpacked() -> None:
    with pytest.raises(PictureTooLarge) as no:
        clean(b"\xff\xd8\xff" + b"\0" * LIMITS.size, "id.jpg")
    assert "MB" in no.value.sentence("zh")
    assert len(bomb()) < 1000
    with pytest.raises(PictureTooLarge) as no:
        clean(bomb(), "id.png")
    assert "40000×40000" in no.value.sentence("zh")


@pytest.mark.rule("LAW-06")
@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["JPEG", "PNG"]), st.integers(0, 2000), st.binary(max_size=40), st.booleans())
def test_a_damaged_picture_is_refused_or_drawn_never_an_error(
    kind: str, place: int, noise: bytes, cut: bool
) -> None:
    whole = picture(kind)
    at = place % len(whole)
    damaged = whole[:at] if cut else whole[:at] + noise + whole[at + len(noise) :]
    try:
        made = clean(damaged, f"id.{kind.lower()}")
    except Refusal as refusal:
        assert isinstance(refusal, PictureBroken | NotAPicture | PictureTooLarge)
    else:
        assert Image.open(io.BytesIO(made)).format == "JPEG"


@pytest.mark.rule("LAW-06")
def test_nothing_of_the_file_is_kept_but_its_points_and_the_stamp_covers_them() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = 6
    source = picture("JPEG", (600, 400), exif=exif, comment=b"SecretComment") + b"SecretTail<script>"
    made = clean(source, "ID.JPEG")
    drawn = Image.open(io.BytesIO(made))
    assert drawn.format == "JPEG" and drawn.size == (400, 600), "turned as the camera meant it"
    assert not drawn.getexif() and b"Secret" not in made and b"<script>" not in made
    plain = drawn.convert("RGB")
    bands = [plain.crop((0, top, 400, top + 150)).getcolors(100_000) or [] for top in range(0, 600, 150)]
    for band in bands:
        assert any(red > green + 40 for _, (red, green, _) in band), "every part bears the stamp"
    assert "仅用于办理宽带" in STAMP.words and "2027-05-22" in STAMP.words


@pytest.mark.rule("LAW-06")
def test_a_large_photograph_becomes_as_large_as_a_page_needs() -> None:
    made = Image.open(io.BytesIO(clean(picture("JPEG", (2400, 1600), quality=20), "a.jpg")))
    assert max(made.size) == 2000
    clear = io.BytesIO()
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(clear, "PNG")
    assert Image.open(io.BytesIO(clean(clear.getvalue(), "a.png"))).getpixel((1, 1))[0] > 240, (
        "clear is white"
    )
