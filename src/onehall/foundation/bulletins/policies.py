"""Policy keys of bulletins."""

from onehall.foundation.policy import declare

READ_DAYS = declare(
    "bulletins.read_days", kind="int", unit="days", minimum=1, maximum=60, rule="ORG-10",
    zh="业务通知要在几天内阅读", en="Within how many days a notice is to be read",
)  # fmt: skip
