"""Fees that the catalogue sells by policy (FEE-01, FEE-02). An offering refers to one by its code in `price_policy`."""

from onehall.foundation.policy import declare

ADDITIONAL_POINT = declare(
    "fees.additional_point", kind="money", unit="fen", minimum=0, maximum=100_000, rule="FEE-02",
    zh="超出免费数的每个信息点", en="Each point beyond the free ones",
)  # fmt: skip
ROUTER_VISIT = declare(
    "fees.router_visit", kind="money", unit="fen", minimum=0, maximum=100_000, rule="FEE-02",
    zh="路由器上门调试，每次", en="Router set-up, per visit",
)  # fmt: skip
MOVE_BROADBAND = declare(
    "fees.move_broadband", kind="money", unit="fen", minimum=0, maximum=100_000, rule="FEE-01",
    zh="小区内移机：宽带", en="Move within the compound: broadband",
)  # fmt: skip
MOVE_FIXED_LINE = declare(
    "fees.move_fixed_line", kind="money", unit="fen", minimum=0, maximum=100_000, rule="FEE-01",
    zh="小区内移机：固定电话", en="Move within the compound: fixed line",
)  # fmt: skip
# One fen at least: a basket that holds nothing else has to have something to pay.
SUSPENSION = declare(
    "fees.suspension", kind="money", unit="fen", minimum=1, maximum=100_000, rule="CHG-03",
    zh="停机保号手续费，每次", en="Suspension, per request",
)  # fmt: skip
FIRST_PREPAYMENT = declare(
    "fees.first_prepayment", kind="money", unit="fen", minimum=0, maximum=1_000_000, rule="ORD-08",
    zh="新装固话至少预存的话费", en="Call credit paid ahead at least with a new fixed line",
)  # fmt: skip
LINE_MONTH = declare(
    "fees.line_month", kind="money", unit="fen", minimum=0, maximum=100_000, rule="CAT-07",
    zh="联通单装固话每月来电显示费加月租", en="A stand-alone partner line's month: rent and caller ID",
)  # fmt: skip
STAND_ALONE_PLAN = declare(
    "fixed_lines.stand_alone_plan", kind="str", unit="plan", rule="CHG-05",
    zh="宽带停用后固话改按哪个资费计划", en="Plan of a fixed line whose broadband has ended",
)  # fmt: skip
ALARM_THRESHOLD = declare(
    "fixed_lines.alarm_threshold", kind="money", unit="fen", minimum=0, maximum=100_000, rule="ORD-08",
    zh="固话余额低于多少提醒客户", en="Balance of a fixed line below which the customer is told",
)  # fmt: skip
LEAST_ALARM = declare(
    "fixed_lines.least_alarm", kind="money", unit="fen", minimum=0, maximum=100_000, rule="BIL-02",
    zh="固话余额提醒数最低可以设多少", en="Least balance below which a line may warn",
)  # fmt: skip
MOST_ALARM = declare(
    "fixed_lines.most_alarm", kind="money", unit="fen", minimum=0, maximum=100_000, rule="BIL-02",
    zh="固话余额提醒数最高可以设多少", en="Largest balance below which a line may warn",
)  # fmt: skip
CHANGE_HALL = declare(
    "fixed_lines.change_hall", kind="str", unit="hall", rule="CHG-06",
    zh="固话变更只在哪个厅办（厅代码，空表示各厅都办）", en="Hall where telephone lines are changed (its code; empty: every hall)",
)  # fmt: skip
RESTRICTED_SOURCES = declare(
    "fixed_lines.restricted_sources", kind="list", unit="source", rule="CAT-06",
    zh="哪些来源的固话只在服务点缴费、不通国际电话", en="Sources whose lines are paid at the service point only, without international calls",
)  # fmt: skip
