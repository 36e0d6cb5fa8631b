"""What crosses the door of rating: why a call waits, what a call became, and the files that cannot be used."""

from dataclasses import dataclass
from enum import StrEnum

from onehall.foundation.refusals import Refusal


class Reason(StrEnum):
    """Why a row of the calls is in suspense; the first that applies, in this order (VOI-02)."""

    BAD_ROW = "bad_row"
    REPEAT = "repeat"
    UNKNOWN_ACCOUNT = "unknown_account"
    UNKNOWN_PLAN = "unknown_plan"
    OTHER_MONTH = "other_month"
    NO_PRICE = "no_price"


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month; `first` and `after` are moments as whole seconds of the wall clock since 1970, half-open."""

    text: str
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Charged:
    """What one call did to its account, in units of 1/10000 yuan (BIL-05)."""

    minutes: int
    price: int
    charge: int
    credit_before: int
    credit_used: int
    paid: int
    balance_before: int

    @property
    def balance_after(self) -> int:
        """What the call left."""
        return self.balance_before - self.paid


class FileUnusable(Refusal):
    """A file is missing, not readable as what its name says, or its head is wrong."""

    code = "rating.file_unusable"
    rule = "VOI-02"
    zh = "文件 {file}：{why}。"
    en = "File {file}: {why_en}."
    alternative_zh = "请更正文件后重新计费；没有写出任何结果。"
    alternative_en = "Correct the file and rate again; no result was written."


class PlaceUnusable(Refusal):
    """A line of the accounts or prefixes, or a plan's price, is wrong: nobody's balance could be trusted (CAT-05)."""

    code = "rating.place_unusable"
    rule = "VOI-02"
    zh = "文件 {file} {where}：{why}。"
    en = "File {file}, {where_en}: {why_en}."
    alternative_zh = "请更正这一处后重新计费；没有写出任何结果。"
    alternative_en = "Correct this and rate again; no result was written."


class NotAMonth(Refusal):
    """The month asked for is none."""

    code, rule = "rating.not_a_month", "VOI-02"
    zh = "“{typed}”不是月份。"
    en = "“{typed}” is not a month."
    alternative_zh = "月份写作 2026-10。"
    alternative_en = "A month is written as 2026-10."


class OutUnusable(Refusal):
    """Results cannot be put where they are wanted."""

    code = "rating.out_unusable"
    rule = "VOI-02"
    zh = "结果目录 {folder}：{why}。"
    en = "Folder of results {folder}: {why_en}."
    alternative_zh = "请换一个可以写入的目录。"
    alternative_en = "Choose a folder that can be written to."


class EngineMissing(Refusal):
    """The engine asked for is not installed here."""

    code = "rating.engine_missing"
    rule = "VOI-02"
    zh = "计费引擎 {engine} 不可用：{why}。"
    en = "The engine {engine} is not available: {why_en}."
    alternative_zh = "安装：pip install 'onehall[spark]' 和 Java 17；或使用 --engine duckdb，结果相同。"
    alternative_en = "pip install 'onehall[spark]' and Java 17, or --engine duckdb: the result is the same."


class SumTooLarge(Refusal):
    """A sum exceeds what 64 bits hold; it is refused, never cut."""

    code = "rating.sum_too_large"
    rule = "VOI-02"
    zh = "金额合计超出可表示的范围。"
    en = "A sum of money is larger than can be held."
    alternative_zh = "请核对话单的秒数、资费价格和帐户余额。"
    alternative_en = "Check the seconds of calls, the prices of plans and the balances."


class NoSuchCall(Refusal):
    """The call to explain is not in the file."""

    code = "rating.no_such_call"
    rule = "BIL-05"
    zh = "话单中没有编号 {call_id}。"
    en = "There is no call {call_id} in the file."
    alternative_zh = "请照话单第一列核对编号。"
    alternative_en = "Compare it with the call_id column of the file."
