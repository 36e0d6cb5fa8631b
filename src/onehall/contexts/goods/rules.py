"""Pure decisions of goods: what may be typed, how long a service runs, when something still goes back."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from onehall.contexts.goods.contracts import AddOn, SettlementRefused, Statement
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, local, month_of
from onehall.foundation.values.text import Text

_SERIAL = re.compile(r"[0-9A-Z]{8,20}")
_REFERENCE = re.compile(r"[0-9A-Za-z-]{3,30}")
_TRANSFER = re.compile(r"\S.{0,59}")
_IMEI = 15  # structural: digits of an IMEI, the last of which checks the others (3GPP TS 23.003)


class GoodsRefused(Refusal):
    """Something of a sale or cancellation is not as it must be; `why` says what."""

    code, rule = "goods.refused", "CAT-11"
    zh, en = "{why}。", "{why_en}."
    alternative_zh, alternative_en = "{do}", "{do_en}"

    @classmethod
    def because(cls, why: Text, do: Text, *, field: str | None = None, **facts: object) -> "GoodsRefused":
        """The refusal in these words, with their {places} filled in."""
        said = {"why": why.zh, "why_en": why.en, "do": do.zh, "do_en": do.en}
        return cls(field=field, **{name: words.format(**facts) for name, words in said.items()})


def serial_kept(typed: str) -> str:
    """The serial as it is kept: capitals without blanks and dashes; fifteen digits must be an IMEI. Raises GoodsRefused."""
    kept = re.sub(r"[\s-]", "", typed).upper()
    if not _SERIAL.fullmatch(kept) or (len(kept) == _IMEI and kept.isdecimal() and not _checks(kept)):
        raise GoodsRefused.because(
            Text("“{typed}”不是手机串号：IMEI 是 15 位数字，最后一位是校验位；其他串号是 8 到 20 个字母、数字",
                 "“{typed}” is no serial of a handset: an IMEI has 15 digits, the last of which checks the others; other serials have 8 to 20 letters and digits"),
            Text("请照机身或包装上的串号重新输入。", "Type the serial as it is printed on the handset or its box."),
            field="serial", typed=typed[:30],
        )  # fmt: skip
    return kept


def _checks(imei: str) -> bool:
    """Luhn's sum over all digits ends in nought."""
    doubled = (
        sum(divmod(2 * int(sign), 10)) if turn % 2 else int(sign) for turn, sign in enumerate(reversed(imei))
    )
    return sum(doubled) % 10 == 0


def reference_kept(typed: str) -> str:
    """The customer's number with the principal. Raises GoodsRefused."""
    kept = typed.strip()
    if not _REFERENCE.fullmatch(kept):
        raise GoodsRefused.because(
            Text("户号“{typed}”要写 3 到 30 个字母、数字或短横", "The number “{typed}” with the principal must have 3 to 30 letters, digits or dashes"),
            Text("请照缴费通知单上的户号输入。", "Type the number on the principal's notice."),
            field="reference", typed=typed[:30],
        )  # fmt: skip
    return kept


def check_sum(amount: Money, *, least: Money, most: Money) -> None:
    """Refuses a sum outside the limits of one collection."""
    if not least <= amount <= most:
        raise GoodsRefused.because(
            Text("代收金额 {amount} 元不在 {least} 到 {most} 元之间", "{amount} yuan is outside what is collected at once: {least} to {most} yuan"),
            Text("请核对缴费通知单上的金额；超过的分几次收。", "Check the sum on the principal's notice; take more than that in several parts."),
            field="amount", amount=amount, least=least, most=most,
        )  # fmt: skip


def check_months(months: int, *, most: int) -> None:
    """Refuses an order of no month, or of more than are ordered at once."""
    if not 1 <= months <= most:
        raise GoodsRefused.because(
            Text("增值业务一次订 1 到 {most} 个月", "A third party's service is ordered for 1 to {most} months at once"),
            Text("请改月数。", "Change the number of months."), field="months", most=most,
        )  # fmt: skip


def next_period(standing: Sequence[AddOn], *, months: int, at: datetime) -> Period:
    """From now, or after what is paid for the same service on the same line already."""
    ends = [one.period.end for one in standing if one.runs(at)]
    return Period.months_from(max(ends, default=at), months)


def returnable_until(sold_at: datetime, *, days: int) -> datetime:
    """The moment until which a handset may be given back."""
    return sold_at + timedelta(days=days)


def check_settlement(statement: Statement, *, shown: Money, transfer: str, today: date) -> str:
    """The bank's reference as it is kept. A month is settled when it is over, at the sum that was shown. Raises SettlementRefused."""
    kept = " ".join(transfer.split())
    if not _TRANSFER.fullmatch(kept):
        raise SettlementRefused(
            field="transfer", why="没有写银行转账凭证号，或超过 60 个字", why_en="the bank's reference is missing, or longer than 60 characters",
            do="请写转账凭证号。", do_en="Write the reference of the bank's transfer.",
        )  # fmt: skip
    if today < local(month_of(statement.month).end).date():
        raise SettlementRefused(
            field="month",
            why="这个月还没有过完",
            why_en="the month is not over",
            do="下月再结。",
            do_en="Settle it next month.",
        )
    if not statement.due:
        raise SettlementRefused(
            why="没有要付的款", why_en="nothing is owed", do="请看对帐单，可能已经结过。", do_en="See the statement; it may be settled already."
        )  # fmt: skip
    if shown != statement.due:
        raise SettlementRefused(
            why=f"应付 {statement.due} 元，提交的是 {shown} 元", why_en=f"{statement.due} yuan are owed, {shown} were submitted",
            do="对帐单已变化，请刷新后核对。", do_en="The statement has changed: reload the page and check it.",
        )  # fmt: skip
    return kept
