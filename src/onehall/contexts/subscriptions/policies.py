"""Policy keys that the subscriptions room reads."""

from onehall.foundation.policy import declare

START_DELAY = declare(
    "subscriptions.start_delay", kind="int", unit="days", minimum=0, maximum=60, rule="ORD-09",
    zh="新用户受理后第几天起算付费期", en="Days from acceptance to the start of a new user's paid term",
)  # fmt: skip
START_RULE = declare(
    "subscriptions.start_rule", kind="choice", unit="choice", choices=("fixed", "earlier", "installation"), rule="ORD-09",
    zh="首期从哪天起：fixed 受理日推算不变，earlier 装好得早就提前到完工日，installation 一律从完工日起",
    en="First day of a new term: fixed as reckoned at acceptance, earlier if finished earlier, or the day of installation",
)  # fmt: skip
BINDING_MONTHS = declare(
    "subscriptions.binding_months", kind="int", unit="months", minimum=1, maximum=120, rule="CHG-02",
    zh="多少个月及以上的套餐在期内不得拆机", en="Terms of at least this many months cannot be ended early",
)  # fmt: skip
INCLUDED_POINTS = declare(
    "subscriptions.included_points", kind="int", unit="count", minimum=0, maximum=50, rule="ADR-06",
    zh="每户免费的信息点数", en="Points that each dwelling has without a fee",
)  # fmt: skip
NO_REFUND_HINT = declare(
    "subscriptions.no_refund_hint", kind="bool", unit="flag", rule="LAW-07",
    zh="中途不退费、停机不能提前复机时提示消费者权益保护法第26条",
    en="Show the hint to consumer law, article 26, where fees are not refunded and a suspension does not end early",
)  # fmt: skip
SUSPENSION_MONTHS = declare(
    "subscriptions.suspension_months", kind="list", unit="months", rule="CHG-03", choices=("3", "6", "9", "12"),
    zh="停机保号一次可停几个月（整季度）", en="Months that a line may rest at a time, in whole quarters",
)  # fmt: skip
SUSPENSION_LEFT = declare(
    "subscriptions.suspension_left", kind="int", unit="months", minimum=0, maximum=60, rule="CHG-03",
    zh="剩余多少个月以上才能停机保号", en="A line may rest only with more than so many months left",
)  # fmt: skip
PORTING_DAYS = declare(
    "subscriptions.porting_days", kind="int", unit="days", minimum=0, maximum=3650, rule="LAW-14",
    zh="在网多少天以上才能携号转网", en="Days in service before a number may be ported out",
)  # fmt: skip
