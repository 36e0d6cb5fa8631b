"""Money paid in: counted once, taken back once."""

from datetime import datetime

from onehall.contexts.voice.models import TopUp
from onehall.contexts.voice.rules import PER_FEN, TopUpRefused
from onehall.foundation.database import in_transaction
from onehall.foundation.values.money import Money


@in_transaction
def top_up(*, line: int, source: str, reference: str, amount: Money, at: datetime) -> bool:
    """Money for a line under the number that its source gave it; whether it is new. Raises TopUpRefused where that number had another sum."""
    held, new = TopUp.objects.get_or_create(
        source=source, reference=reference, undone=False, defaults={"line_id": line, "amount": amount.fen * PER_FEN, "at": at}
    )  # fmt: skip
    if not new and (held.line_id, held.amount) != (line, amount.fen * PER_FEN):
        raise TopUpRefused(
            why=f"编号 {reference} 的充值已经入账，金额或号码不同", why_en=f"Recharge {reference} was booked with another sum or number",
            do="请核对编号。", do_en="Check the number of the recharge.",
        )  # fmt: skip
    return new


@in_transaction
def take_back_top_up(*, source: str, reference: str, at: datetime) -> None:
    """Takes back what was paid in under this number, once; nothing where nothing was."""
    held = TopUp.objects.filter(source=source, reference=reference, undone=False).first()
    if held is not None:
        TopUp.objects.get_or_create(
            source=source, reference=reference, undone=True,
            defaults={"line_id": held.line_id, "amount": -held.amount, "at": at},
        )  # fmt: skip


@in_transaction
def move_rest(*, line: int, to: int, reference: str, amount: Money, at: datetime) -> None:
    """What a line has left goes to another one, once for each reference; the sum over both stays (LED-02)."""
    for one, units in ((line, -amount.fen * PER_FEN), (to, amount.fen * PER_FEN)):
        TopUp.objects.get_or_create(
            source="moved", reference=f"{reference}:{one}", undone=False, defaults={"line_id": one, "amount": units, "at": at}
        )  # fmt: skip


@in_transaction
def take_rest(*, line: int, how: str, reference: str, amount: Money, at: datetime) -> None:
    """What a line has left leaves it: given up (`waived`), or to the customer's `balance`; the caller books it there."""
    TopUp.objects.get_or_create(
        source=how, reference=reference, undone=False, defaults={"line_id": line, "amount": -amount.fen * PER_FEN, "at": at}
    )  # fmt: skip
