"""平台对账: each provider's file of a day beside our charges, what differs, and whether the bank shows it (PAY-03)."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.clearing import api as clearing
from onehall.contexts.ledger import api as ledger
from onehall.contexts.organisation import api as organisation
from onehall.contexts.registers import api as registers
from onehall.entrances.board.pages import Unreadable, intent_of, page
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.sheetreader import Limits
from onehall.foundation.sheetreader.guards import MEGABYTE, check_size
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.settle_difference import PERMISSION, settle_difference
from onehall.journeys.take_bill import take_bill
from onehall.steps.clearing import bill_source, charge_of

LIST = "/board/charges/bills"
TOPICS = "bill.changed charge.changed"
_SHOWN = 50
_V, _K = clearing.Verdict, clearing.Kind
_KINDS = {
    _K.CHARGE: Text("收款", "charge"),
    _K.REFUND: Text("退款", "refund"),
    _K.SETTLEMENT: Text("到账", "settlement"),
}
WORDS: dict[clearing.Verdict, tuple[str, Text, Text]] = {
    _V.ONLY_OURS: (
        "bad", Text("平台没有这笔", "only ours"),
        Text("在商户平台查这笔；真没到账的，处理后差额转“支付平台差额”。", "Look it up at the provider; settled, the sum moves to the differences."),
    ),
    _V.ONLY_THEIRS: (
        "bad", Text("我们没有这笔", "only theirs"),
        Text("是我们的收单就补记到账（已收未落单）；不认识的转“支付平台差额”。", "A charge of ours is noted as paid, without a sale; an unknown one moves to the differences."),
    ),
    _V.AMOUNT: ("bad", Text("金额不同", "other amount"), Text("以平台为准，差额转“支付平台差额”。", "The provider's amount counts; the rest moves to the differences.")),
    _V.TWICE: ("bad", Text("平台收了两次", "charged twice"), Text("联系平台或顾客退多收的一笔。", "Have the second one given back.")),
    _V.DAY: ("warn", Text("日期不同", "other day"), Text("核对平台的交易时间；只留说明，不动账。", "Compare the times; only your words are kept.")),
    _V.FEE: ("warn", Text("手续费不同", "other fee"), Text("已按平台扣的记账；对照合同费率，多扣的去要回。", "Booked as it was kept; compare the contract and claim back.")),
    _V.SETTLED: ("bad", Text("到账金额不同", "settled otherwise"), Text("问平台和银行；差额转“支付平台差额”。", "Ask provider and bank; the rest moves to the differences.")),
}  # fmt: skip


@permit(PERMISSION)
def listed(request: Request) -> HttpResponse:
    """What differs, the newest files, what was settled; by POST a provider's file is read."""
    if request.method == "POST":
        return _taken(request)
    by = request.actor
    facts = {
        **_differences(by), "topics": TOPICS, "source": LIST,
        "bills": [(one, _name(one.provider)) for one in clearing.bills(limit=_SHOWN, scope=by.scope)],
        "providers": [(one.value, _name(one.value)) for one in acquiring.BILLED],
    }  # fmt: skip
    return page(request, "board/charges/bills.html", facts, part="board/charges/bill_rows.html", here=LIST)


@permit(PERMISSION, methods=("POST",))
def settle(request: Request, difference_id: int) -> HttpResponse:
    """What was found out; the books follow the provider."""
    settle_difference(
        difference_id=difference_id, reason=request.POST.get("reason", ""), intent=intent_of(request), by=request.actor, at=request.at
    )  # fmt: skip
    return go(request, LIST)


def _differences(by: Actor) -> dict[str, list[Any]]:
    """The hall's open ones, each with whether it is the reader's own money; the settled ones with who settled them."""
    open_, settled = (
        clearing.differences(by.hall_id, settled=settled, limit=_SHOWN, scope=by.scope)
        for settled in (False, True)
    )
    names = {person.user_id: person.name for person in organisation.people(scope=by.scope)}
    return {
        "open": [(one, *_said(one), _own(one, by.user_id)) for one in open_],
        "settled": [(one, *_said(one), names.get(one.settled_by, "")) for one in settled],
    }


def _taken(request: Request) -> HttpResponse:
    typed = request.POST.get("provider", "")
    if typed not in frozenset(acquiring.Provider):
        raise Unreadable(what="支付平台", what_en="The provider", field="provider")
    source = bill_source(acquiring.Provider(typed))
    if source is None:
        raise Unreadable(
            what="这个平台还没有接通，账单",
            what_en="This provider is not connected: its file",
            field="provider",
        )
    take_bill(file=source.read(_content(request), at=request.at), by=request.actor, at=request.at)
    return go(request, LIST)


def _content(request: Request) -> bytes:
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    limits = Limits(
        size=book[registers.MOST_MEGABYTES] * MEGABYTE, unpacked=book[registers.MOST_UNPACKED] * MEGABYTE,
        ratio=book[registers.MOST_RATIO], rows=book[registers.MOST_ROWS],
    )  # fmt: skip
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or file.size is None:
        raise Unreadable(what="文件", what_en="The file", field="file")
    check_size(file.size, limits)
    return file.read()


def _said(one: clearing.Difference) -> tuple[str, Text, Text, Text, Text]:
    """Mark, words, what to do, what kind of movement, whose file."""
    return *WORDS[one.found.verdict], _KINDS[one.found.kind], _name(one.provider)


def _own(one: clearing.Difference, user: int) -> bool:
    charge = charge_of(one)
    return charge is not None and charge.by == user


def _name(provider: str) -> Text:
    return ledger.MEANS_NAMES[ledger.Means(provider)]
