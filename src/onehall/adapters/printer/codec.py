"""Receipts and drawer reports as ESC/POS bytes for 80 mm paper: 48 columns, Chinese characters two columns wide."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from escpos.printer import Dummy
from PIL import Image

from onehall.foundation.documents.contracts import Document, Kind, PrintJob
from onehall.foundation.documents.typesetting import grouped, line_image, verify_url
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

COLUMNS = 48
INTO_CHINESE = b"\x1c\x26"


@dataclass(frozen=True, slots=True)
class Slip:
    """A receipt in two parts. Without the foot (code, cut) the paper is no whole copy and proves nothing."""

    body: bytes
    foot: bytes


def slip(document: Document, job: PrintJob, *, base_url: str, lang: str) -> Slip:
    """The bytes of one copy; a ValueError for papers that have no slip form."""
    write = _BODIES.get(document.kind)
    if write is None:
        raise ValueError(f"{document.kind} has no 80 mm form")
    pen = _Pen(lang)
    _issuer(pen, document, job)
    write(pen, document)
    body = pen.take()
    _foot(pen, document, job, base_url)
    return Slip(body, pen.take())


def columns(text: str) -> int:
    """Width on paper: ASCII takes one column, everything else two."""
    return sum(1 if ord(char) < 128 else 2 for char in text)


def wrapped(text: str, width: int = COLUMNS) -> Iterator[str]:
    """`text` in lines of at most `width` columns; breaks anywhere, as Chinese does."""
    line, used = "", 0
    for char in text:
        size = columns(char)
        if used + size > width:
            yield line
            line, used = "", 0
        line, used = line + char, used + size
    yield line


def spread(left: str, right: str, width: int = COLUMNS) -> list[str]:
    """`left` and `right` on one line with the gap between; `right` gets its own line where they do not fit."""
    gap = width - columns(left) - columns(right)
    if gap > 0:
        return [left + " " * gap + right]
    return [*wrapped(left, width), " " * (width - columns(right)) + right]


class _Pen:
    """Writes lines; whatever GBK lacks is drawn as a picture, so that no name is printed as question marks."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self.out = Dummy()
        self.out._raw(b"\x1b\x40" + INTO_CHINESE)

    def take(self) -> bytes:
        """What was written since the last call."""
        written: bytes = self.out.output
        self.out.clear()
        return written

    def say(self, value: Any) -> str:
        """A value of the content in the slip's language."""
        if isinstance(value, Text):
            return value.in_(self._lang)
        if isinstance(value, dict):
            return str(value[self._lang] if "zh" in value else value["text"])
        return str(value)

    def t(self, zh: str, en: str) -> str:
        return en if self._lang == "en" else zh

    def line(self, text: str = "") -> None:
        for part in wrapped(text.replace("¥", "￥")):
            try:
                self.out._raw(part.encode("gbk") + b"\n")
            except UnicodeEncodeError:
                self.out.image(Image.open(io.BytesIO(line_image(part))), impl="bitImageRaster")

    def lines(self, parts: list[str]) -> None:
        for part in parts:
            self.line(part)

    def large(self, text: str, *, width: int = 2) -> None:
        self.out.set(align="center", bold=True, custom_size=True, width=width, height=2)
        self.line(text)
        self.out.set(align="left", bold=False, normal_textsize=True)

    def middle(self, text: str) -> None:
        self.out.set(align="center")
        self.line(text)
        self.out.set(align="left")

    def rule(self) -> None:
        self.line("-" * COLUMNS)


def _issuer(pen: _Pen, document: Document, job: PrintJob) -> None:
    content = document.content
    pen.middle(pen.say(content["head"]["operator"]))
    pen.middle(pen.say(content["head"]["hall"]))
    pen.large(pen.say(document.kind.heading))
    if not job.original:
        pen.large(pen.t(f"补打 第{job.copy}份", f"REPRINT copy {job.copy}"), width=1)


def _receipt(pen: _Pen, document: Document) -> None:
    content = document.content
    pen.lines(spread(f"No {document.serial}", content["paid_at"]["text"]))
    pen.rule()
    pen.line(pen.t("交款人：", "Payer: ") + content["payer"])
    pen.line(pen.t("帐号：", "Account: ") + content["account"])
    pen.line(pen.t("地址：", "Address: ") + content["address"])
    pen.rule()
    _items(pen, content)
    _sums(pen, content)


def _items(pen: _Pen, content: dict[str, Any]) -> None:
    for one in content["lines"]:
        pen.lines(spread(f"{pen.say(one['label'])} x{one['quantity']}", one["amount"]["text"]))
        if one["note"]:
            pen.line(f"  {one['note']}")
    pen.rule()


def _sums(pen: _Pen, content: dict[str, Any]) -> None:
    pen.line(pen.t("大写：", "In words: ") + content["total"]["capitals"])
    pen.large(f"{pen.t('合计', 'Total')} ¥{content['total']['text']}", width=1)
    for one in content["tenders"]:
        pen.lines(spread(pen.say(one["label"]), one["amount"]["text"]))
    pen.lines(spread(pen.t("实收", "Received"), content["received"]["text"]))
    pen.lines(spread(pen.t("找零", "Change"), content["change"]["text"]))
    if content["remark"]:
        pen.line(pen.t("备注：", "Remark: ") + content["remark"])
    pen.rule()
    pen.line(f"{pen.t('收款人：', 'Cashier: ')}{content['cashier']} {content['counter']}")


def _tabular(pen: _Pen, document: Document) -> None:
    """Facts, then each grid: the first cell of a row as a line, the others below it with the column's name."""
    content = document.content
    pen.middle(pen.say(content["name"]))
    pen.line(f"No {document.serial}")
    pen.rule()
    for fact in content["facts"]:
        pen.lines(spread(pen.say(fact["label"]), pen.say(fact["value"])))
    for grid in content["grids"]:
        pen.rule()
        pen.middle(pen.say(grid["heading"]))
        for row in grid["rows"]:
            if len(row) <= _FEW:
                pen.lines(spread(" x".join(map(pen.say, row[:-1])), pen.say(row[-1])))
                continue
            pen.line(pen.say(row[0]))
            for name, value in zip(grid["columns"][1:], row[1:], strict=True):
                pen.lines(spread(f"  {pen.say(name)}", pen.say(value)))
    if content["remark"]:
        pen.line(pen.t("说明：", "Remark: ") + content["remark"])
    pen.rule()
    for one in content["signatures"]:
        pen.line(f"{pen.say(one)}{pen.t('：', ':')} ____________________")


_FEW = 3
_BODIES: dict[Kind, Callable[[_Pen, Document], None]] = {
    Kind.RECEIPT: _receipt, Kind.RED_RECEIPT: _receipt, Kind.DRAWER_REPORT: _tabular,
}  # fmt: skip


def _foot(pen: _Pen, document: Document, job: PrintJob, base_url: str) -> None:
    pen.out.set(align="center")
    pen.out.qr(verify_url(document.code, base_url), native=True, size=5)
    pen.line(f"{pen.t('验证码', 'Code')} {grouped(document.code)}")
    pen.out.set(align="left")
    pen.line(f"{pen.t('内容校验', 'Hash')} {document.sha256[:16]}")
    pen.line(f"{pen.t('开具', 'Issued')} {document.issued_by} {local(document.issued_at):%Y-%m-%d %H:%M}")
    pen.line(f"{pen.t('打印', 'Printed')} {job.by} {local(job.at):%Y-%m-%d %H:%M}")
    pen.line(f"{job.place.in_(pen._lang)} {pen.t('第 1 页/共 1 页', 'page 1 of 1')}")
    pen.out.cut()
