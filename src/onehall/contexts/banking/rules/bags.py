"""Deciding about bags: what they hold, and by when (CSH-02, CSH-04)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from onehall.contexts.banking.contracts import BagRefused
from onehall.foundation.values.money import COINS_AND_NOTES, Money
from onehall.foundation.values.period import local, midnight

_PIECES = {piece.fen for piece in COINS_AND_NOTES}
_MOST_PIECES = 100_000  # structural: more than any bag holds, fewer than overflow a sum


def bag_total(counted: Mapping[int, int]) -> Money:
    """What a bag holds, pieces by denomination in fen. Raises BagRefused."""
    for piece, number in counted.items():
        if piece not in _PIECES or not 0 <= number <= _MOST_PIECES:
            raise _no(
                "有一格不是张数",
                "A number of pieces cannot be",
                "请填整数。",
                "Type whole numbers.",
                f"pieces_{piece}",
            )
    return Money(sum(piece * number for piece, number in counted.items()))


def check_sealing(*, counted: Money, due: Money, drawers: int) -> None:
    """A bag holds exactly what its drawers left for the bank. Raises BagRefused."""
    if not drawers:
        raise _no(
            "没有选钱箱", "No drawer was chosen", "请勾选要封包的钱箱。", "Choose the drawers to be bagged."
        )
    if due <= Money.zero():
        raise _no(
            "这些钱箱没有要缴的款",
            "These drawers leave nothing to deposit",
            "请一并勾选其他钱箱。",
            "Choose others too.",
        )
    if counted != due:
        over = "多" if counted > due else "少"
        raise _no(
            f"应缴 {due} 元，点得 {counted} 元，{over} {abs(counted - due)} 元",
            f"{due} yuan are due, {counted} were counted, {abs(counted - due)} {'over' if counted > due else 'short'}",
            "请重新清点；钱箱确认后才发现的差额，先查清再封包。", "Count again; find out about a difference before sealing.",
        )  # fmt: skip


def deadline(closed_at: datetime, *, hour: int) -> datetime:
    """When the takings of a drawer must be bagged: the policy's hour of that day, of the next one where it was closed later."""
    day = local(closed_at).date()
    at = midnight(day) + timedelta(hours=hour)
    return at if closed_at <= at else midnight(day + timedelta(days=1)) + timedelta(hours=hour)


def _no(why: str, why_en: str, do: str, do_en: str, field: str | None = None) -> BagRefused:
    return BagRefused(field=field, why=why, why_en=why_en, do=do, do_en=do_en)
