"""Policy keys that the subscriptions room reads."""

from onehall.foundation.policy import declare

START_DELAY = declare(
    "subscriptions.start_delay",
    kind="int",
    unit="days",
    minimum=0,
    maximum=60,
    rule="ORD-09",
    zh="新用户受理后第几天起算付费期",
    en="Days from acceptance to the start of a new user's paid term",
)
START_RULE = declare(
    "subscriptions.start_rule",
    kind="choice",
    unit="choice",
    choices=("fixed", "earlier", "installation"),
    rule="ORD-09",
    zh="首期从哪天起：fixed 受理日推算不变，earlier 装好得早就提前到完工日，installation 一律从完工日起",
    en="First day of a new term: fixed as reckoned at acceptance, earlier if finished earlier, or the day of installation",
)
BINDING_MONTHS = declare(
    "subscriptions.binding_months",
    kind="int",
    unit="months",
    minimum=1,
    maximum=120,
    rule="CHG-02",
    zh="多少个月及以上的套餐在期内不得拆机",
    en="Terms of at least this many months cannot be ended early",
)
INCLUDED_POINTS = declare(
    "subscriptions.included_points",
    kind="int",
    unit="count",
    minimum=0,
    maximum=50,
    rule="ADR-06",
    zh="每户免费的信息点数",
    en="Points that each dwelling has without a fee",
)
NO_REFUND_HINT = declare(
    "subscriptions.no_refund_hint",
    kind="bool",
    unit="flag",
    rule="LAW-07",
    zh="中途不退费时提示消费者权益保护法第26条",
    en="Show the hint to consumer law, article 26, where fees are not refunded",
)
