"""What goods reads from the policy book."""

from onehall.foundation.policy import declare

LEAST_COLLECTED = declare(
    "goods.least_collected", kind="money", unit="fen", minimum=1, maximum=1_000_000, rule="CAT-11",
    zh="代收一笔最少", en="Least sum collected for others at once",
)  # fmt: skip
MOST_COLLECTED = declare(
    "goods.most_collected", kind="money", unit="fen", minimum=1, maximum=100_000_000, rule="CAT-11",
    zh="代收一笔最多", en="Largest sum collected for others at once",
)  # fmt: skip
MOST_MONTHS = declare(
    "goods.most_months", kind="int", unit="months", minimum=1, maximum=36, rule="CAT-11",
    zh="第三方增值业务一次最多订几个月", en="Months of a third party's service ordered at once at most",
)  # fmt: skip
RETURN_DAYS = declare(
    "goods.return_days", kind="int", unit="days", minimum=0, maximum=90, rule="CAT-11",
    zh="手机售出后几天内可以退", en="Days in which a handset may be given back",
)  # fmt: skip
SETTLING_ACCOUNT = declare(
    "goods.settling_account", kind="str", unit="text", rule="LED-02",
    zh="付给委托单位的银行科目", en="Account of the bank that principals are paid from",
)  # fmt: skip
