"""Policy keys that the orders room reads."""

from onehall.foundation.policy import declare

HANDLING_LIMIT = declare(
    "orders.handling_limit",
    kind="int",
    unit="seconds",
    minimum=30,
    maximum=3600,
    rule="ORD-11",
    zh="受理加收款的时限（不含咨询）",
    en="Limit for acceptance and payment, advice apart",
)
HESITATION_LIMIT = declare(
    "orders.hesitation_limit",
    kind="int",
    unit="seconds",
    minimum=5,
    maximum=600,
    rule="ORD-11",
    zh="两步操作之间停顿的上限",
    en="Longest pause between two steps of a service",
)
DISPLAY_SECONDS = declare(
    "orders.display_seconds",
    kind="int",
    unit="seconds",
    minimum=5,
    maximum=300,
    rule="PAY-02",
    zh="收款后客户屏显示找零多久",
    en="How long the customer's display shows the change",
)
BACKDATE_LONGEST = declare(
    "orders.backdate_longest",
    kind="int",
    unit="hours",
    minimum=1,
    maximum=744,
    rule="CON-03",
    zh="纸质单最多可补录多少小时以前的",
    en="How many hours back a paper form may be typed in",
)
SAMPLE_SIZE = declare(
    "orders.sample_size", kind="int", unit="orders", minimum=1, maximum=200, rule="ORD-17",
    zh="每天抽查多少张订单", en="How many orders a day are checked by sample",
)  # fmt: skip
