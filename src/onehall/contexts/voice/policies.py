"""What voice reads from the policy book."""

from onehall.foundation.policy import declare

HALF_FROM = declare(
    "voice.half_month_day", kind="int", unit="day", rule="CAT-07", minimum=2, maximum=31,
    zh="几日起新装的电话当月按半月收费", en="Day from which a line's first month costs half",
)  # fmt: skip
OUTLIER_FACTOR = declare(
    "voice.outlier_factor", kind="int", unit="times", rule="LAW-12", minimum=2, maximum=20,
    zh="话费超过前三个月平均的几倍要提醒", en="Times the mean of three months above which a bill alerts",
)  # fmt: skip
RAW_MONTHS = declare(
    "voice.raw_months", kind="int", unit="months", rule="LAW-13", minimum=5, maximum=36,
    zh="原始话单保存几个月", en="Months for which call records are kept as delivered",
)  # fmt: skip
PREPAID_ACCOUNT = declare(
    "voice.prepaid_account", kind="str", unit="text", rule="LED-02", zh="电话预存款科目", en="Account of telephone balances"
)  # fmt: skip
REVENUE_ACCOUNT = declare(
    "voice.revenue_account", kind="str", unit="text", rule="LED-02", zh="电话费收入科目", en="Account of telephone revenue"
)  # fmt: skip
OPENING_ACCOUNT = declare(
    "voice.opening_account", kind="str", unit="text", rule="LED-02", zh="接收的电话预存款对方科目", en="Account against balances taken over"
)  # fmt: skip
LEAST_TOP_UP = declare(
    "voice.least_top_up", kind="money", unit="fen", rule="BIL-02", minimum=1, maximum=100_000,
    zh="一次充值最少多少", en="Least recharge",
)  # fmt: skip
MOST_TOP_UP = declare(
    "voice.most_top_up", kind="money", unit="fen", rule="BIL-02", minimum=100, maximum=10_000_000,
    zh="一次充值最多多少", en="Largest recharge",
)  # fmt: skip
STOP_DAYS = declare(
    "voice.stop_days", kind="int", unit="days", rule="BIL-02", minimum=0, maximum=60,
    zh="余额用完后几天停机（停机时长）", en="Days from an exhausted balance to the stop",
)  # fmt: skip
