"""What the profile decides about customers' data."""

from onehall.foundation.policy import declare

PURPOSE_VALIDITY = declare(
    "customers.purpose_validity",
    kind="int",
    unit="minutes",
    minimum=1,
    maximum=480,
    rule="SEC-01",
    zh="查看客户资料的事由在多长时间内有效",
    en="How long a stated purpose opens a customer's record",
)
GUARDIAN_AGE = declare(
    "customers.guardian_age",
    kind="int",
    unit="years",
    minimum=0,
    maximum=18,
    rule="LAW-30",
    zh="未满多少周岁须由监护人同意并到场",
    en="Below which age a guardian must consent and come along",
)
KEEP_MONTHS = declare(
    "customers.keep_months", kind="int", unit="months", minimum=0, maximum=600, rule="REC-02",
    zh="最后一笔业务后客户资料保存多久", en="How long particulars are kept after the last business",
)  # fmt: skip
