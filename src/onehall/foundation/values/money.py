"""Money in whole fen. There is no float anywhere on the way from the key to the database (LED-01)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.capitals import capitals

LARGEST_FEN = 10**15
"""Ten trillion yuan: the largest amount that is read from a key or a file; far inside PostgreSQL's bigint."""

_TYPED = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?")
_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}


class NotAnAmount(Refusal, ValueError):
    """What was typed cannot be read as an amount in yuan."""

    code = "money.not_an_amount"
    rule = "LED-01"
    status = 400
    zh = "“{typed}”不是金额。"
    en = "“{typed}” is not an amount."
    alternative_zh = "请输入数字，最多两位小数，例如 50 或 1,286.50。"
    alternative_en = "Enter digits with at most two decimals, such as 50 or 1,286.50."


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of renminbi. Adds to and compares with money only, multiplies by whole numbers only."""

    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int:
            raise TypeError(f"Money counts whole fen, not {type(self.fen).__name__}")

    @classmethod
    def zero(cls) -> "Money":
        """No money."""
        return cls(0)

    @classmethod
    def yuan(cls, typed: str) -> "Money":
        """What a person typed, in yuan: "50", "1,286.5", full-width digits. Raises NotAnAmount; a float is a TypeError."""
        if not isinstance(typed, str):
            raise TypeError(f"Money.yuan reads text, not {type(typed).__name__}")
        found = _TYPED.fullmatch(typed.translate(_HALF_WIDTH).strip())
        if found is None or len(found[2]) > 20:
            raise NotAnAmount(typed=typed[:40])
        fen = int(found[2].replace(",", "")) * 100 + int((found[3] or "").ljust(2, "0"))
        if fen > LARGEST_FEN:
            raise NotAnAmount(typed=typed[:40])
        return cls(-fen if found[1] else fen)

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> "Money":
        """The sum of any number of amounts; of none it is zero."""
        return sum(amounts, cls.zero())

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen) if isinstance(other, Money) else NotImplemented

    def __mul__(self, times: int) -> "Money":
        return Money(self.fen * times) if type(times) is int else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.fen)

    def __abs__(self) -> "Money":
        return Money(abs(self.fen))

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """Yuan with thousands separators and two decimals: "1,286.00"."""
        yuan, cents = divmod(abs(self.fen), 100)
        return f"{'-' if self.fen < 0 else ''}{yuan:,}.{cents:02d}"

    @property
    def capitals(self) -> str:
        """人民币大写: "壹仟贰佰捌拾陆元整" (RCP-06)."""
        return capitals(self.fen)


COINS_AND_NOTES = tuple(Money(fen) for fen in (1, 2, 5, 10, 50, 100, 500, 1000, 2000, 5000, 10000))
"""What lies in a drawer: the denominations of renminbi in circulation (人民币管理条例, article 2; fifth series)."""

NOTES = tuple(piece for piece in COINS_AND_NOTES if piece >= Money(100))
"""What customers pay with: one yuan and above."""
