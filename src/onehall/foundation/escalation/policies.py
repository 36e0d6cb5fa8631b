"""Policy keys of escalation."""

from onehall.foundation.policy import declare

ACTIVITY_DAYS = declare(
    "escalation.activity_days", kind="int", unit="days", minimum=0, maximum=30, rule="ESC-03",
    zh="营业时间外的活动至少提前几天申请", en="Days ahead that an activity outside opening hours is asked for",
)  # fmt: skip
