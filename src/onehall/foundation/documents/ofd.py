"""An invoice as OFD (GB/T 33190-2016): a zip of four XML files, written and nothing else; text lies at its place in millimetres."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.typesetting import grouped
from onehall.foundation.values.period import local

MIME = "application/ofd"
NAMESPACE = "http://www.ofdspec.org/2016"
_WIDTH, _HEIGHT, _LEFT, _RIGHT = 210.0, 140.0, 10.0, 200.0  # structural: A5 across, with margins
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NS = f'xmlns:ofd="{NAMESPACE}"'
_WIDE = 0x2E80  # structural: from here on characters are as wide as they are high
_FONT, _LAYER = 2, 3
_EPOCH = (1980, 1, 1, 0, 0, 0)
_RATE_AT, _NET_AT, _TAX_AT = 150.0, 120.0, 172.0


@dataclass(frozen=True, slots=True)
class _Words:
    """A line of text from (x, y), the baseline `size` below."""

    x: float
    y: float
    text: str
    size: float = 3.5


@dataclass(frozen=True, slots=True)
class _Rule:
    """A horizontal line across the page."""

    y: float


def ofd(paper: Document) -> bytes:
    """The file of an invoice; the same paper gives the same bytes. Characters that XML forbids are left out."""
    files = {
        "OFD.xml": _root(paper), "Doc_0/Document.xml": "", "Doc_0/PublicRes.xml": _resources(),
        "Doc_0/Pages/Page_0/Content.xml": "",
    }  # fmt: skip
    files["Doc_0/Pages/Page_0/Content.xml"], last = _page(list(_layout(paper)))
    files["Doc_0/Document.xml"] = _document(last)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), _XML + text, compress_type=zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _root(paper: Document) -> str:
    title, creator = (_clean(one) for one in (f"{paper.kind.heading.zh} {paper.serial}", "OneHall"))
    return (
        f'<ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>{paper.sha256[:32]}</ofd:DocID>'
        f"<ofd:Title>{title}</ofd:Title><ofd:Creator>{creator}</ofd:Creator>"
        f"<ofd:CreationDate>{local(paper.issued_at):%Y-%m-%d}</ofd:CreationDate></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(last: int) -> str:
    return (
        f"<ofd:Document {_NS}><ofd:CommonData><ofd:MaxUnitID>{last}</ofd:MaxUnitID><ofd:PageArea>{_box()}</ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'
    )


def _resources() -> str:
    return f'<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="{_FONT}" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>'


def _page(items: list[_Words | _Rule]) -> tuple[str, int]:
    """The page, and the last id it uses."""
    made, number = [], _LAYER
    for item in items:
        number += 1
        made.append(_text(item, number) if isinstance(item, _Words) else _line(item, number))
    content = (
        f'<ofd:Page {_NS}><ofd:Area>{_box()}</ofd:Area><ofd:Content><ofd:Layer ID="{_LAYER}">{"".join(made)}</ofd:Layer>'
        "</ofd:Content></ofd:Page>"
    )
    return content, number


def _box() -> str:
    return f"<ofd:PhysicalBox>0 0 {_WIDTH:g} {_HEIGHT:g}</ofd:PhysicalBox>"


def _text(words: _Words, number: int) -> str:
    text = _allowed(words.text) or " "
    steps = [words.size if ord(char) >= _WIDE else words.size / 2 for char in text]
    deltas = " ".join(f"{step:g}" for step in steps[:-1])
    delta = f" DeltaX={quoteattr(deltas)}" if deltas else ""
    box = f"{words.x:g} {words.y:g} {sum(steps):g} {words.size * 1.3:g}"
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{box}" Font="{_FONT}" Size="{words.size:g}">'
        f'<ofd:TextCode X="0" Y="{words.size:g}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def _line(rule: _Rule, number: int) -> str:
    wide = _RIGHT - _LEFT
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{_LEFT:g} {rule.y:g} {wide:g} 1" LineWidth="0.25" Stroke="true">'
        f"<ofd:AbbreviatedData>M 0 0 L {wide:g} 0</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _allowed(text: str) -> str:
    """Without control characters and surrogates, which no XML file may hold."""
    return "".join(char for char in text if char.isprintable())


def _clean(text: str) -> str:
    return escape(_allowed(text))


def _layout(paper: Document) -> Iterator[_Words | _Rule]:
    d: dict[str, Any] = paper.content
    yield _Words(85, 8, d["title"]["zh"], 7)
    yield _Words(150, 9, f"号码 {paper.serial}")
    yield _Words(150, 14, f"开票日期 {d['issued_at']['text'][:10]}")
    yield _Rule(22)
    yield _Words(_LEFT, 24, f"购买方 {d['buyer']}")
    yield _Words(_LEFT, 29, f"税号 {d['buyer_tax_no'] or '—'}")
    yield _Words(_LEFT, 34, f"销售方 {d['head']['operator']['zh']}")
    yield _Words(_NET_AT, 34, f"收据号 {d['receipt']}")
    yield _Rule(40)
    yield from _table(paper, d)


def _table(paper: Document, d: dict[str, Any]) -> Iterator[_Words | _Rule]:
    """The services, their sum, and who issued it."""
    yield from _row(42, "项目名称", "金额", "税率", "税额")
    y = 42.0
    for line in d["lines"]:
        y += 6
        yield from _row(
            y,
            f"{line['label']['zh']} ×{line['quantity']}",
            line["net"]["text"],
            line["rate"],
            line["tax"]["text"],
        )
    yield _Rule(y + 7)
    yield from _row(y + 9, "合计", d["net"]["text"], "", d["tax"]["text"])
    yield _Words(_LEFT, y + 16, f"价税合计 {d['total']['capitals']}", 4)
    yield _Words(_RATE_AT, y + 16, f"¥{d['total']['text']}", 4)
    if d["remark"]:
        yield _Words(_LEFT, y + 23, f"备注 {d['remark']}")
    yield _Rule(y + 29)
    yield _Words(_LEFT, y + 31, f"开票人 {d['issuer']}　验证码 {grouped(paper.code)}")


def _row(y: float, name: str, net: str, rate: str, tax: str) -> Iterator[_Words]:
    for x, text in ((_LEFT, name), (_NET_AT, net), (_RATE_AT, rate), (_TAX_AT, tax)):
        if text:
            yield _Words(x, y, text)
