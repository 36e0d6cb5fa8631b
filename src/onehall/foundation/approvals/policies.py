"""Policy keys of approvals."""

from onehall.foundation.policy import declare

OPEN_HOURS = declare(
    "approvals.open_hours", kind="int", unit="hours", minimum=1, maximum=720, rule="SEC-04",
    zh="审批申请多久没人办就失效", en="How long a request waits for its decision before it lapses",
)  # fmt: skip
USE_HOURS = declare(
    "approvals.use_hours", kind="int", unit="hours", minimum=1, maximum=720, rule="SEC-04",
    zh="批准后多久内有效", en="How long an approval may be used",
)  # fmt: skip
DELEGATION_DAYS = declare(
    "approvals.delegation_days", kind="int", unit="days", minimum=1, maximum=365, rule="SEC-04",
    zh="审批权最长可以委托多少天", en="Longest time for which the right to decide may be lent",
)  # fmt: skip
