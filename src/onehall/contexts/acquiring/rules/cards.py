"""Deciding about cards: what a slip says, by which way a card is taken, what its refund's slip must say."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.acquiring.contracts import AnswerRefused, Charge, ChargeRefused, Provider, State, Way
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.period import local

TELEPHONE = (Provider.WECHAT, Provider.ALIPAY)
"""Who is paid with a code, theirs or ours."""
BILLED = (*TELEPHONE, Provider.CARD)
"""Who hands out a file of each day."""
BY_HAND = (Way.SLIP, Way.RECORD)
"""What no provider is asked about: people say that it came, and that it went back."""
_CARD, _APPROVAL, _REFERENCE = re.compile(r"\d{4}"), re.compile(r"[0-9A-Z]{6}"), re.compile(r"\d{12}")
_BANKS = re.compile(r"[0-9A-Z-]{4,40}")


@dataclass(frozen=True, slots=True)
class Slip:
    """签购单: what the paper of a terminal says. `payer` is the card, masked to its last four; `number` names the slip for ever."""

    number: str
    payer: str
    approval: str


def slip_of(*, card: str, approval: str, reference: str, at: datetime) -> Slip:
    """The slip of today as it is typed: last four digits of the card, six characters of approval, twelve of reference.

    Its day and reference name it, as the acquirer's file does: typed at two counters it is one slip. Raises ChargeRefused.
    """
    typed = {
        "card": (card.strip(), _CARD, "卡号后四位是 4 位数字", "A card's end has four digits"),
        "approval": (approval.strip().upper(), _APPROVAL, "授权码是 6 位数字或字母", "An approval code has six figures or letters"),
        "reference": (reference.strip(), _REFERENCE, "参考号是 12 位数字", "A reference number has twelve digits"),
    }  # fmt: skip
    for field, (text, shape, why, why_en) in typed.items():
        if not text.isascii() or not shape.fullmatch(text):
            raise ChargeRefused(
                field=field, why=why, why_en=why_en, do="请照签购单重填。", do_en="Copy it from the terminal's slip.",
            )  # fmt: skip
    found = {field: text for field, (text, *_) in typed.items()}
    return Slip(f"S{local(at):%Y%m%d}{found['reference']}", f"**** {found['card']}", found["approval"])


def check_first(first: bool, way: Way) -> None:
    """A slip is on record once, a transfer too. Raises ChargeRefused."""
    if not first:
        raise known_slip(way, "")


def known_slip(way: Way, transaction: str) -> Refusal:
    """What is said where another charge bears this slip or transaction: to who typed it, or of an answer that cannot be its own."""
    if way is Way.RECORD:
        return ChargeRefused(
            field="reference", why="这个银行流水号已经登记过", why_en="This reference of the bank is on record already",
            do="请核对流水号；每笔转账只用一次。", do_en="Check it; each transfer counts once.",
        )  # fmt: skip
    if way is not Way.SLIP:
        return AnswerRefused(why=f"{transaction} 已登记 already on record")
    return ChargeRefused(
        field="reference", why="这张签购单已经登记过", why_en="This slip is on record already", do="请核对参考号；每张签购单只用一次。",
        do_en="Check the reference number; each slip counts once.",
    )  # fmt: skip


def check_way(way: Way, *, open_ways: Collection[str]) -> None:
    """Whether this hall takes cards this way. Raises ChargeRefused."""
    if way in (Way.TERMINAL, Way.SLIP) and way not in open_ways:
        word, word_en = (
            ("登记签购单", "slips typed by hand")
            if way is Way.SLIP
            else ("接通的POS机", "a connected terminal")
        )
        raise ChargeRefused(
            why=f"本厅刷卡不用“{word}”", why_en=f"This hall does not take cards by {word_en}", do="请换另一种刷卡方式，或收现金。",
            do_en="Take the card the other way, or take cash.",
        )  # fmt: skip


def check_refund_slip(charge: Charge, slip: Slip) -> None:
    """A slip gives back what another slip charged to the same card, once it was asked for. Raises ChargeRefused."""
    if charge.way is not Way.SLIP or charge.state is not State.REFUNDING:
        raise ChargeRefused(
            why="这笔款没有在等退货单", why_en="This charge waits for no slip", do="请先作废业务或由经理办理退回，再登记退货单。",
            do_en="Void the sale first, or have the manager give it back.",
        )  # fmt: skip
    if slip.payer != charge.payer:
        raise ChargeRefused(
            field="card", why=f"退货单的卡号与原卡（{charge.payer}）不同", why_en=f"The slip is of another card than {charge.payer}",
            do="只能退回原卡；退错卡的请告诉值班经理。", do_en="Money goes back to the same card; tell the duty manager.",
        )  # fmt: skip
    if slip.number == charge.number:
        raise ChargeRefused(
            field="reference", why="这是收款的签购单，不是退货单", why_en="This is the slip of the charge, not of the refund",
            do="请填退货单上的参考号。", do_en="Type the reference number of the refund's slip.",
        )  # fmt: skip


def transfer_back(charge: Charge, reference: str) -> str:
    """The name of the transfer by which a transfer went back, once it was asked for. Raises ChargeRefused."""
    if charge.way is not Way.RECORD or charge.state is not State.REFUNDING:
        raise ChargeRefused(
            why="这笔款没有在等退回转账", why_en="This charge waits for no transfer back", do="请先作废业务或由经理办理退回。",
            do_en="Void the sale first, or have the manager give it back.",
        )  # fmt: skip
    typed = reference.strip().upper()
    if not typed.isascii() or not _BANKS.fullmatch(typed):
        raise ChargeRefused(
            field="reference", why="退款的银行流水号是 4 到 40 位数字、字母", why_en="The bank's reference has 4 to 40 figures or letters",
            do="请照银行回单填。", do_en="Copy it from the bank's slip.",
        )  # fmt: skip
    return f"B{typed}"
