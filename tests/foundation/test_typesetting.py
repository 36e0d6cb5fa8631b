"""What stands on a sheet: read back out of the PDF itself."""

import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from onehall.foundation.documents import forms
from onehall.foundation.documents.typesetting import Copy, line_image, typeset
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from tests.foundation.papers import HEAD, NOON, PLACE, loose, receipt

reads_pdf = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"
)
BASE = "https://hall.example"


def copy(number: int = 1, stamp: Text | None = None) -> Copy:
    return Copy(number=number, by="李敏（0213）", place=PLACE, at=NOON + timedelta(minutes=3), stamp=stamp)


def text_of(pdf: bytes, folder: Path, *, pages: bool = False) -> str:
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode() if pages else done.stdout.decode().replace(" ", "").replace("\n", "")


def register(lines: int) -> forms.Dispatch:
    line = forms.RegisterLine(
        serial="DW20261121001", account="dw0120502", address="馨苑 1号楼 2单元 502室",
        business=Text("新装宽带", "New broadband"), issued_at=NOON, handed_at=NOON, handed_by="李敏",
        project_manager="钱军", signed_at=None, due_at=NOON, returned_at=None,
    )  # fmt: skip
    return forms.Dispatch(head=HEAD, day=NOON.date(), lines=(line,) * lines)


@reads_pdf
@pytest.mark.rule("REC-03", "RCP-06")
def test_a_receipt_says_who_when_where_and_how_to_verify(tmp_path: Path) -> None:
    paper = loose(receipt())
    said = text_of(typeset(paper, copy(), base_url=BASE), tmp_path)
    for words in (
        "试验网络服务公司", "0042037", "捌佰捌拾元整", "¥880.00", "1,000.00", "120.00", "K7QF-2MXA-4TBW",
        paper.sha256[:16], "李敏（0213）2026-11-2112:00", "2026-11-2112:03", "试验厅3号台席", "第1页/共1页",
    ):  # fmt: skip
        assert words in said, words
    assert "补打" not in said and "预览" not in said


@reads_pdf
@pytest.mark.rule("RCP-01")
def test_every_copy_but_the_original_is_marked(tmp_path: Path) -> None:
    paper = loose(receipt())
    assert "补打第2份" in text_of(typeset(paper, copy(2), base_url=BASE), tmp_path)
    assert "不作凭证" in text_of(typeset(paper, copy(0), base_url=BASE), tmp_path)
    stamped = typeset(paper, copy(2, stamp=Text("作废", "VOID")), base_url=BASE)
    assert "作废" in text_of(stamped, tmp_path)


@reads_pdf
@pytest.mark.rule("RCP-06")
def test_rare_characters_are_printed_with_an_embedded_font(tmp_path: Path) -> None:
    pdf = typeset(loose(receipt(payer="𠮷㛃")), copy(), base_url=BASE)
    assert "𠮷㛃" in text_of(pdf, tmp_path)
    fonts = subprocess.run(
        ["pdffonts", str(tmp_path / "sheet.pdf")], capture_output=True, check=True
    ).stdout.decode()
    assert "NotoSansCJKsc" in fonts and len(fonts.strip().splitlines()) == 3


@reads_pdf
@pytest.mark.rule("REC-01")
def test_a_long_register_repeats_its_heading_and_counts_its_pages(tmp_path: Path) -> None:
    said = text_of(typeset(loose(register(60)), copy(), base_url=BASE), tmp_path, pages=True)
    pages = said.rstrip("\f").split("\f")
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "流水号" in page and f"第{number}页/共{len(pages)}页" in page.replace(" ", "")


@reads_pdf
@pytest.mark.rule("API-06")
def test_a_sheet_is_complete_in_english(tmp_path: Path) -> None:
    said = text_of(typeset(loose(receipt()), copy(2), base_url=BASE, lang="en"), tmp_path)
    for words in ("Receipt", "TestServiceHall", "Payer", "Change", "REPRINT", "copy2", "Page1of1"):
        assert words in said, words
    assert "交款人" not in said


@reads_pdf
def test_a_name_of_sixty_characters_stays_inside_its_box(tmp_path: Path) -> None:
    long = "A" * 60
    pdf = typeset(loose(receipt(payer=long)), copy(), base_url=BASE)
    said = text_of(pdf, tmp_path).replace("\u200b", "")
    assert said.count("A") >= 60
    words = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "sheet.pdf"), "-"], capture_output=True, check=True
    )
    right = [
        float(line.split('xMax="')[1].split('"')[0])
        for line in words.stdout.decode().splitlines()
        if re.search(r">[A\u200b]+<", line)
    ]
    assert right and max(right) < 310  # the payer's box ends at the middle of the A5 sheet (595 points)


def test_what_is_typed_is_never_taken_for_markup() -> None:
    nasty = '#panic("x") *b* $x$ @a <b> \\ "quote" [#read("common.typ")]'
    assert typeset(loose(receipt(payer=nasty)), copy(), base_url=BASE).startswith(b"%PDF")


@pytest.mark.rule("RCP-06")
def test_every_form_can_be_laid_out_in_both_languages() -> None:
    money = Money.yuan("500")
    drawer = forms.Drawer(
        head=HEAD, counter="3", clerk="李敏", opened_at=NOON, opening_float=money,
        cash=(forms.CashLine(label=Text("100元", "CNY 100"), count=5, amount=money),),
    )  # fmt: skip
    acceptance = forms.Acceptance(
        head=HEAD, customer="王建国", paper=Text("身份证", "ID card"), paper_number="610*", phone="138*", address="馨苑",
        agent="", total=money, papers_seen=(), terms_version="2026-01", terms=(Text("须知", "Terms"),), clerk="李敏",
        counter="3", accepted_at=NOON,
        services=(forms.ServiceLine(label=Text("宽带", "Broadband"), account="dw", term="", quantity=1, amount=money),),
    )  # fmt: skip
    sheet = forms.Installation(
        head=HEAD, number="DW1", account="dw", password="", customer="王建国", phone="138", address="馨苑",
        business=Text("宽带", "Broadband"), points=2, start_on=None, department="馨苑经营部", state=Text("已受理", "accepted"),
        line_state=Text("待生效", "pending"), accepted_at=NOON, due_at=NOON,
    )  # fmt: skip
    call = forms.CallLine(
        at=NOON, by="李敏", outcome=Text("未接", "none"), result=None, satisfaction=None, handled=""
    )
    follow_up = forms.FollowUp(
        head=HEAD, number="DW1", account="dw", customer="王建国", phone="138", address="馨苑", installer="赵刚",
        business=Text("宽带", "Broadband"), finished_at=NOON, returned_at=None, due_at=NOON, state=Text("待回访", "due"),
        script=(Text("您好", "Good day"),), calls=(call,),
    )  # fmt: skip
    for form in (receipt(), drawer, acceptance, sheet, follow_up, register(1)):
        for lang in ("zh", "en"):
            assert typeset(loose(form), copy(), base_url=BASE, lang=lang).startswith(b"%PDF"), (
                form.kind,
                lang,
            )


def test_a_line_of_a_slip_can_be_drawn() -> None:
    assert line_image("王𠮷㛃").startswith(b"\x89PNG")
