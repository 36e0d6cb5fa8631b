"""Deciding about charges: values in, values out."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from onehall.contexts.acquiring.contracts import (
    Answer,
    AnswerRefused,
    Charge,
    ChargeRefused,
    Provider,
    Said,
    State,
)
from onehall.foundation.values.money import Money


class Chore(StrEnum):
    """What is to be asked of the provider next."""

    QUERY = "query"
    CLOSE = "close"
    REFUND = "refund"


_OPEN = (State.ASKED, State.WAITING)
_STEPS: dict[Said, tuple[tuple[State, ...], State]] = {
    Said.WAITING: ((State.ASKED,), State.WAITING),
    Said.SUCCEEDED: ((*_OPEN, State.FAILED, State.CLOSED), State.SUCCEEDED),
    Said.FAILED: (_OPEN, State.FAILED),
    Said.CLOSED: (_OPEN, State.CLOSED),
    Said.REFUNDED: ((State.REFUNDING, State.REFUND_REFUSED), State.REFUNDED),
    Said.REFUND_REFUSED: ((State.REFUNDING,), State.REFUND_REFUSED),
}
"""From which states an answer leads on, and where to. Whatever is not here changes nothing: it came late, or twice."""

_WECHAT = re.compile(r"1[0-5]\d{16}")
_ALIPAY = re.compile(r"(?:2[5-9]|30)\d{14,22}")
_LONGEST_PAUSE = timedelta(minutes=5)  # structural: asked twelve times an hour at least
_MOST_DOUBLINGS = 10  # structural: beyond the longest pause


def provider_of(typed: str) -> Provider | None:
    """Whose payment code this is, as a scanner types it: 18 digits from 10 to 15 WeChat, 16 to 24 digits from 25 to 30 Alipay."""
    code = typed.strip()
    if not code.isascii():
        return None
    if _WECHAT.fullmatch(code):
        return Provider.WECHAT
    return Provider.ALIPAY if _ALIPAY.fullmatch(code) else None


def payer_of(typed: str) -> Provider:
    """Whose payment code was scanned. Raises ChargeRefused for what is none."""
    provider = provider_of(typed)
    if provider is None:
        raise ChargeRefused(
            field="code", why="这不是付款码", why_en="This is no payment code", do="请客户打开手机上的“付款码”再扫，或出示收款码。",
            do_en="Scan the payment code on the customer's telephone, or show our own.",
        )  # fmt: skip
    return provider


def next_state(state: State, answer: Answer, *, amount: Money, transaction: str) -> State | None:
    """The state that an answer brings about, None where it changes nothing. A success counts however late it comes.

    Raises AnswerRefused for a success over another sum, or by another transaction than the one that stands.
    """
    if answer.said is Said.SUCCEEDED:
        if answer.amount != amount:
            raise AnswerRefused(why=f"{amount.text} ≠ {answer.amount.text if answer.amount else '?'}")
        if transaction and answer.transaction != transaction:
            raise AnswerRefused(why=f"{transaction} ≠ {answer.transaction}")
        if not answer.transaction:
            raise AnswerRefused(why="transaction")
    sources, target = _STEPS.get(answer.said, ((), None))
    return target if state in sources else None


def chore(state: State, *, asked_at: datetime, at: datetime, minutes: int) -> Chore | None:
    """What is to be asked of the provider of a charge in this state; None where nothing is open."""
    if state is State.REFUNDING:
        return Chore.REFUND
    if state not in _OPEN:
        return None
    return Chore.CLOSE if at >= asked_at + timedelta(minutes=minutes) else Chore.QUERY


def pause(attempts: int, *, first_seconds: int) -> timedelta:
    """How long to wait after so many attempts: the first pause, doubled each time, up to the longest."""
    return min(_LONGEST_PAUSE, timedelta(seconds=first_seconds * 2 ** min(attempts, _MOST_DOUBLINGS)))


def check_charge(*, amount: Money, due: Money, standing: Money) -> None:
    """A charge is over something and, with those that stand or may still be paid, over no more than is due."""
    if amount <= Money.zero():
        raise ChargeRefused(
            field="amount", why="收款金额要大于零", why_en="A charge is over more than nothing",
            do="请填这次要收的金额。", do_en="Type the sum to be paid this way.",
        )  # fmt: skip
    rest = due - standing
    if amount > rest:
        raise ChargeRefused(
            field="amount", why=f"还差 {max(rest, Money.zero())} 元，不能收 {amount} 元",
            why_en=f"{max(rest, Money.zero())} yuan are left to pay, {amount} cannot be charged",
            do="手机付款和刷卡不找零：请填不超过还差的金额，或先撤销正在等待的一笔。",
            do_en="Telephones and cards give no change: charge at most the rest, or cancel the charge that waits.",
        )  # fmt: skip


def check_refund(charge: Charge, *, voided: bool, same_person: bool, reason: str) -> None:
    """What may be given back: a sale that was just voided, money without a sale, or a refund that was refused before.

    Money without a sale is given back by a second person, with a reason. Raises ChargeRefused.
    """
    due = charge.state is State.REFUND_REFUSED or (
        charge.state is State.SUCCEEDED and (voided or charge.usable)
    )
    if not due:
        raise ChargeRefused(
            why="这笔款没有到账、已经用于业务，或已经在退", why_en="This charge was not paid, has its sale, or is on its way back already",
            do="有业务的请先作废业务；其他请刷新查看状态。", do_en="Void the sale first where there is one; else reload to see how it stands.",
        )  # fmt: skip
    if not voided and same_person:
        raise ChargeRefused(
            why="自己收的款要由另一人退", why_en="Who took the money does not give it back alone", do="请值班经理办理。",
            do_en="Ask the duty manager.",
        )  # fmt: skip
    if not reason.strip():
        raise ChargeRefused(
            field="reason", why="没有写退款原因", why_en="The reason is missing", do="请写一句。", do_en="Write a sentence.",
        )  # fmt: skip
