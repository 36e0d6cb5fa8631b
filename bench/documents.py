"""How fast a receipt becomes a PDF, beside WeasyPrint where that is installed (target: below 10 ms, median, on a calm machine).

    python bench/documents.py [rounds]

Both make the same A5 receipt, in turn, in one process; every round has other content, so nothing is answered from memory.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from onehall.foundation.documents.contracts import Document, Kind
from onehall.foundation.documents.forms import (
    Letterhead,
    Receipt,
    ReceiptLine,
    TenderLine,
    as_content,
    canonical,
    sha256,
)
from onehall.foundation.documents.typesetting import Copy, typeset
from onehall.foundation.values.ids import DocumentId, HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

AT = datetime(2026, 11, 21, 4, tzinfo=UTC)
GATE_MS = 10.0
CALM = 1.0

PAGE = """<style>@page {{ size: A5 landscape; margin: 12mm }} body {{ font-family: 'Noto Sans CJK SC' }}
td {{ border: 1px solid; padding: 4px }} table {{ width: 100%; border-collapse: collapse }}</style>
<h1>收据</h1><p>{serial}</p><table><tr><td>交款人<td>{payer}<td>帐号<td>{account}</table>
<table>{rows}<tr><td>合计<td>{capitals}<td>{total}</table>"""


def receipt(number: int) -> Document:
    """Another customer's receipt each time."""
    line = ReceiptLine(
        label=Text("宽带20M包年", "Broadband 20M, a year"), quantity=1, amount=Money(88_000 + number)
    )
    form = Receipt(
        head=Letterhead(
            operator=Text("试验网络服务公司", "Test Network Services"), hall=Text("试验通信服务中心", "Test Service Hall"),
            phone="029-68690000", address=Text("试验小区1号楼", "Building 1"),
        ),
        payer=f"王建国{number}", account=f"dw{number:07}", address=f"馨苑 1号楼 2单元 {number}室",
        lines=(line, replace(line, label=Text("加信息点", "Additional point"), amount=Money(3_000))),
        total=Money(91_000 + number), tenders=(TenderLine(label=Text("现金", "Cash"), amount=Money(91_000 + number)),),
        received=Money(100_000), change=Money(9_000 - number), cashier="李敏（0213）", counter="3号台席", paid_at=AT,
    )  # fmt: skip
    content = as_content(form)
    return Document(
        id=DocumentId(number), kind=Kind.RECEIPT, hall_id=HallId(1), hall_name=form.head.hall,
        code=f"{number:012}", serial=f"{number:07}", template_version=1, content=content,
        sha256=sha256(canonical(content)).hex(), issued_by="李敏（0213）", issued_at=AT, subject="payment", subject_id=1,
    )  # fmt: skip


def ours(number: int) -> bytes:
    """The product's receipt."""
    copy = Copy(
        number=1,
        by="李敏（0213）",
        place=Text("试验厅 3号台席", "Hall, counter 3"),
        at=AT + timedelta(seconds=number),
    )
    return typeset(receipt(number), copy, base_url="https://hall.example")


def peer() -> Callable[[int], bytes] | None:
    """A plainer receipt by WeasyPrint, if it can be imported (it needs Pango from the system)."""
    try:
        from weasyprint import HTML  # type: ignore[import-not-found]
    except (ImportError, OSError):
        return None

    def theirs(number: int) -> bytes:
        paper = receipt(number).content
        rows = "".join(
            f"<tr><td>{one['label']['zh']}<td>{one['quantity']}<td>{one['amount']['text']}"
            for one in paper["lines"]
        )
        page = PAGE.format(
            serial=number, payer=paper["payer"], account=paper["account"], rows=rows, total=paper["total"]["text"],
            capitals=paper["total"]["capitals"],
        )  # fmt: skip
        made: bytes = HTML(string=page).write_pdf()
        return made

    return theirs


def measured(make: Callable[[int], bytes], numbers: range) -> list[float]:
    """Milliseconds of each."""
    taken = []
    for number in numbers:
        start = time.perf_counter()
        assert make(number).startswith(b"%PDF")
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def main() -> int:
    """Prints the medians, the ratio and what memory the process came to; exits 1 when the gate does not hold on a calm machine."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    theirs, load = peer(), os.getloadavg()[0]
    measured(ours, range(10))
    mine: list[float] = []
    other: list[float] = []
    for part in range(5):
        mine += measured(ours, range(1000 * part + 10, 1000 * part + 10 + rounds))
        if theirs:
            other += measured(theirs, range(3))
    median, worst = statistics.median(mine), statistics.quantiles(mine, n=100)[98]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"load before {load:.2f} · {len(mine)} receipts, all different · {memory} MB")
    print(f"typst      median {median:6.2f} ms   p99 {worst:6.2f} ms   gate {GATE_MS:.0f} ms")
    if other:
        print(
            f"weasyprint median {statistics.median(other):6.2f} ms   ratio {statistics.median(other) / median:.1f}"
        )
    else:
        print("weasyprint: not installed here, no comparison")
    if load > CALM:
        print("the machine is busy with other work: not judged")
        return 0
    return 0 if median < GATE_MS else 1


if __name__ == "__main__":
    sys.exit(main())
