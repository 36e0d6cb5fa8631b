"""The bank's record beside the bags: what agrees, what does not, and what is to be done (CSH-04)."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from onehall.contexts.banking import api as banking
from onehall.contexts.registers import api as registers
from onehall.entrances.board.pages import Unreadable, number_of, page
from onehall.foundation.policy.services import policy_book
from onehall.foundation.sheetreader import Limits, Sheet, read_sheet
from onehall.foundation.sheetreader.guards import MEGABYTE, check_size
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.explain_bank_finding import explain_bank_finding
from onehall.journeys.import_bank_record import import_bank_record

BANK = "/board/deposits/bank"
_V = banking.Verdict
_AGREE = (_V.MATCHED, _V.AWAITED)
WORDS: dict[banking.Verdict, tuple[str, Text, Text]] = {
    _V.MATCHED: ("good", Text("相符", "agrees"), Text("", "")),
    _V.AWAITED: ("info", Text("等银行入账", "awaited"), Text("到期再导入对账单。", "Import the bank's record when it is due.")),
    _V.MISSING: (
        "bad", Text("银行没有入账", "not booked"),
        Text("问接收人和银行要回单；查明后写说明。", "Ask the carrier and the bank for the slip; note what you find out."),
    ),
    _V.DIFFERS: (
        "bad", Text("金额不符", "differs"),
        Text("核对封包单和银行清点单，差额找封包、复核两人说明。", "Compare label and the bank's count; whoever sealed and signed explains."),
    ),
    _V.LATE: ("warn", Text("入账迟了", "late"), Text("问银行为何迟，写说明。", "Ask the bank why and note it.")),
    _V.TWICE: (
        "bad", Text("同一封包入账两次", "booked twice"),
        Text("请银行冲回多入的一笔，写说明。", "Ask the bank to take the second one back and note it."),
    ),
    _V.UNKNOWN_BAG: (
        "bad", Text("没有这个封包", "unknown bag"),
        Text("查封包号是否抄错；不是本厅的，通知银行。", "See whether the label was copied wrongly; tell the bank if it is not ours."),
    ),
    _V.UNCLAIMED: (
        "warn", Text("没有人认领的转账", "transfer nobody claimed"),
        Text("查是谁付的、办什么业务，请台席认领；退回的写明退款流水号。", "Find out who paid for what and have the desk claim it; note the reference where it goes back."),
    ),
    _V.NOT_HANDED_OVER: (
        "bad", Text("没有登记送存", "not handed over"),
        Text("银行已收到：补登记是谁送的，写说明。", "The bank has it: record who carried it and note it."),
    ),
}  # fmt: skip


@permit("bank.import")
def bank(request: Request) -> HttpResponse:
    """What bags and bank say to each other; by POST a file of the bank is read."""
    if request.method == "POST":
        import_bank_record(sheet=_sheet(request), by=request.actor, at=request.at)
        return go(request, BANK)
    by = request.actor
    days = policy_book(hall_id=by.hall_id, at=request.at)[banking.BANK_DAYS]
    found = banking.findings(by.hall_id, bank_days=days, today=local(request.at).date(), scope=by.scope)
    rows = [(one, *WORDS[one.verdict]) for one in found]
    wrong = [row for row in rows if row[0].verdict not in _AGREE]
    facts = {
        "open": [row for row in wrong if not row[0].explained], "explained": [row for row in wrong if row[0].explained],
        "agree": [row for row in rows if row[0].verdict in _AGREE], "topics": "deposit.changed", "source": BANK,
    }  # fmt: skip
    return page(request, "board/deposits/bank.html", facts, here="/board/deposits/")


@permit("bank.import", methods=("POST",))
def explain(request: Request) -> HttpResponse:
    """What was found out."""
    about, what = request.POST.get("about", ""), Text("对哪一条", "About which one")
    if about not in ("bag", "line"):
        raise Unreadable(what=what.zh, what_en=what.en, field="about")
    number = number_of(request, "id", what)
    explain_bank_finding(
        bag=number if about == "bag" else None, line=number if about == "line" else None,
        words=request.POST.get("words", ""), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, BANK)


def _sheet(request: Request) -> Sheet:
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    limits = Limits(
        size=book[registers.MOST_MEGABYTES] * MEGABYTE, unpacked=book[registers.MOST_UNPACKED] * MEGABYTE,
        ratio=book[registers.MOST_RATIO], rows=book[registers.MOST_ROWS],
    )  # fmt: skip
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or file.size is None:
        raise Unreadable(what="文件", what_en="The file", field="file")
    check_size(file.size, limits)
    return read_sheet(file.read(), name=file.name or "", limits=limits)
