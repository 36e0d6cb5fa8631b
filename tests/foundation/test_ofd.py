"""OFD files: valid by our own schema, every word at its place, the same bytes twice, nothing lost of odd names (RCP-05)."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.invoices import Invoice, InvoiceLine
from onehall.foundation.documents.ofd import NAMESPACE, ofd
from onehall.foundation.documents.typesetting import Copy, typeset
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from tests.foundation.papers import HEAD, NOON, PLACE, loose
from tests.foundation.test_typesetting import BASE, reads_pdf, text_of

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "data" / "ofd" / "ofd.xsd"))
O = {"o": NAMESPACE}  # noqa: E741
NUMBER = "26610000000000000001"


def invoice(buyer: str = "西安远景贸易有限公司", lines: int = 1, **other: Any) -> Document:
    """A point and its tax, once or several times."""
    line = InvoiceLine(
        label=Text("加信息点", "Additional point"), category="303", quantity=1, net=Money.yuan("28.30"), rate="6%",
        tax=Money.yuan("1.70"),
    )  # fmt: skip
    facts: dict[str, Any] = {
        "head": HEAD, "title": Text("数电票", "Electronic"), "buyer": buyer, "buyer_tax_no": "91610113000000001X",
        "lines": (line,) * lines, "net": line.net * lines, "tax": line.tax * lines, "total": (line.net + line.tax) * lines,
        "receipt": "0042001", "issued_at": NOON, "issuer": "李敏（0213）",
    }  # fmt: skip
    return loose(Invoice(**{**facts, **other}), serial=NUMBER)


def read_back(content: bytes) -> dict[str, Any]:
    """The files by name, each held to the schema; what one names is there."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    for name, root in files.items():
        assert SCHEMA.validate(root), (name, SCHEMA.error_log)
    doc = files["OFD.xml"].findtext(".//o:DocRoot", namespaces=O)
    page = files[doc].find(".//o:Page", O).get("BaseLoc")
    assert (
        f"Doc_0/{page}" in files and f"Doc_0/{files[doc].findtext('.//o:PublicRes', namespaces=O)}" in files
    )
    return files


def words(files: dict[str, Any]) -> str:
    return "\n".join(files["Doc_0/Pages/Page_0/Content.xml"].xpath("//o:TextCode/text()", namespaces=O))


@pytest.mark.rule("RCP-05")
def test_the_file_says_all_that_the_invoice_says() -> None:
    files = read_back(ofd(invoice()))
    told = words(files)
    for word in (
        "数电票", NUMBER, "2026-11-21", "西安远景贸易有限公司", "91610113000000001X", "试验网络服务公司", "0042001", "加信息点 ×1", "28.30",
        "6%", "1.70", "叁拾元整", "¥30.00", "李敏",
    ):  # fmt: skip
        assert word in told, word
    assert ofd(invoice()) == ofd(invoice()), "the same paper, the same bytes"


@pytest.mark.rule("RCP-05")
@settings(max_examples=30)
@given(st.text(st.characters(codec="utf-8"), max_size=60), st.integers(1, 6))
def test_whatever_the_buyer_is_called_the_file_is_valid_and_keeps_each_printable_sign(
    buyer: str, lines: int
) -> None:
    files = read_back(ofd(invoice(buyer, lines)))
    kept = "".join(char for char in buyer if char.isprintable())
    assert f"购买方 {kept}" in words(files)
    page = files["Doc_0/Pages/Page_0/Content.xml"]
    ids = [int(one) for name in ("//@ID",) for root in files.values() for one in root.xpath(name)]
    assert len(ids) == len(set(ids))
    assert max(ids) <= int(files["Doc_0/Document.xml"].findtext(".//o:MaxUnitID", namespaces=O))
    for text in page.iterfind(".//o:TextObject", O):
        code = text.find("o:TextCode", O)
        steps = (code.get("DeltaX") or "").split()
        assert len(steps) == len(code.text) - 1, "one step between each two signs"
        assert float(text.get("Boundary").split()[1]) + float(text.get("Size")) < 140, "inside the page"


@pytest.mark.rule("RCP-05")
def test_the_schema_refuses_what_is_no_ofd() -> None:
    root = etree.fromstring(f'<o:Page xmlns:o="{NAMESPACE}"><o:Content/></o:Page>'.encode())
    assert not SCHEMA.validate(root)


@reads_pdf
@pytest.mark.rule("RCP-05", "LAW-31")
def test_the_pdf_of_a_red_invoice_says_what_it_reverses(tmp_path: Path) -> None:
    red = invoice(
        title=Text("红字发票", "Red invoice"), total=Money.yuan("-30"), net=Money.yuan("-28.30"), tax=Money.yuan("-1.70"),
        remark="红冲 26610000000000000000：抬头写错",
    )  # fmt: skip
    told = text_of(typeset(red, Copy(1, "李敏（0213）", PLACE, NOON), base_url=BASE), tmp_path)
    told = told.replace("\u200b", "")  # where a long word may break
    for word in ("红字发票", "负叁拾元整", "-28.30", "红冲26610000000000000000", "西安远景贸易有限公司"):
        assert word in told, word
