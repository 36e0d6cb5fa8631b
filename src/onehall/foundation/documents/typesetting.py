"""From a stored paper to PDF (or PNG): typst with bundled Chinese fonts; no network, no system fonts, no clock."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import segno
import typst
from noto_cjk_sans_otc import FONT_PATH

from onehall.foundation.documents.contracts import Document, PrintJob
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

TEMPLATES = Path(__file__).resolve().parent / "templates"
SLIP_DOTS = 576
"""Printable dots across 80 mm paper at 203 dpi."""

QR_MASK = 2
"""Trying all eight masks takes longer than the rest of the sheet; scanners read this one as well as the best of eight."""

_compiling = Lock()


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy is laid out. Number 0 is a view on a screen: it says that it proves nothing.

    `stamp` goes across the paper (作废 on a void receipt, RCP-01).
    """

    number: int
    by: str
    place: Text
    at: datetime
    stamp: Text | None = None

    @classmethod
    def of(cls, job: PrintJob, *, stamp: Text | None = None) -> "Copy":
        """The copy a print job claimed."""
        return cls(number=job.copy, by=job.by, place=job.place, at=job.at, stamp=stamp)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(Path(str(FONT_PATH)).parent)]
    )
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


def typeset(document: Document, copy: Copy, *, base_url: str, lang: str = "zh") -> bytes:
    """The paper as PDF/A-2b, in Chinese or English, with its code to verify at `base_url`/v/<code> (REC-03)."""
    return _compile(document.kind.value, _sheet(document, copy, base_url, lang), format="pdf", at=copy.at)


def lists_pdf(
    title: str,
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    *,
    mark: str,
    nothing: str,
    lang: str,
    at: datetime,
) -> bytes:
    """Headed lists of labels and values as PDF; `mark` (who, when, where) lies across and below every page (REC-03)."""
    listed = [{"heading": heading, "rows": [list(row) for row in rows]} for heading, rows in sections]
    sheet = {"lang": lang, "title": title, "mark": mark, "nothing": nothing, "sections": listed}
    return _compile("lists", sheet, format="pdf", at=at)


def line_image(text: str, *, points: float = 9.0) -> bytes:
    """One line of an 80 mm slip as PNG of `SLIP_DOTS` width, for characters that receipt printers do not have."""
    return _compile("slip_line", {"text": text, "points": points}, format="png", at=None)


def verify_url(code: str, base_url: str) -> str:
    """The address in the QR code."""
    return f"{base_url.rstrip('/')}/v/{code}"


def grouped(code: str) -> str:
    """A code as people read it aloud: ABCD-EFGH-JKLM."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _sheet(document: Document, copy: Copy, base_url: str, lang: str) -> dict[str, Any]:
    title = document.kind.heading
    return {
        "lang": lang,
        "title": document.content.get("title") or {"zh": title.zh, "en": title.en},
        "serial": document.serial,
        "code": grouped(document.code),
        "hash": document.sha256,
        "version": f"{document.kind.value} v{document.template_version}",
        "issued": {"by": document.issued_by, "at": f"{local(document.issued_at):%Y-%m-%d %H:%M}"},
        "copy": {
            "number": copy.number,
            "by": copy.by,
            "place": {"zh": copy.place.zh, "en": copy.place.en},
            "at": f"{local(copy.at):%Y-%m-%d %H:%M}",
            "stamp": {"zh": copy.stamp.zh, "en": copy.stamp.en} if copy.stamp else None,
        },
        "qr": _qr(verify_url(document.code, base_url)),
        "content": document.content,
    }


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=QR_MASK).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


def _compile(
    template: str, sheet: dict[str, Any], *, format: Literal["pdf", "png"], at: datetime | None
) -> bytes:
    """The compiler keeps its fonts and parsed templates warm; it takes one sheet at a time."""
    with _compiling:
        made = _compiler().compile(
            input=TEMPLATES / f"{template}.typ",
            format=format,
            sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
            pdf_standards=["a-2b"] if format == "pdf" else [],
            ppi=203.0 if format == "png" else None,
            timestamp=None if at is None else at.astimezone(UTC).replace(microsecond=0),
        )
    if not isinstance(made, bytes):
        raise TypeError(f"template {template} made {type(made).__name__}, not one file")
    return made
