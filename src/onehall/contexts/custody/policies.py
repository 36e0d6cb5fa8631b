"""What custody reads from the policy book."""

from onehall.foundation.policy import declare

OPENING_FLOAT = declare(
    "custody.opening_float",
    kind="money",
    unit="fen",
    rule="CSH-01",
    zh="开箱备用金",
    en="Float in the drawer when a shift opens",
    minimum=0,
    maximum=10_000_000,
)

BLIND_COUNTS = declare(
    "custody.blind_counts",
    kind="int",
    unit="counts",
    rule="LAW-40",
    zh="盲点几次以后才显示长短款",
    en="Blind counts after which a difference is shown",
    minimum=1,
    maximum=5,
)

LEAVE_CONFIRMED = declare(
    "custody.leave_confirmed",
    kind="bool",
    unit="flag",
    rule="CSH-03",
    zh="钱箱经值班经理确认后才能退出",
    en="Nobody signs out before the duty manager confirmed their drawer",
)
