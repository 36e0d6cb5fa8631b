"""What the watching of the hall reads from the policy catalogue."""

from onehall.foundation.policy import declare

LOGS_KEPT = declare(
    "logs.kept_days", kind="int", unit="days", minimum=184, maximum=3660, rule="REC-02",
    zh="网络日志保存多久（法律要求不少于六个月）", en="How long network logs are kept (by law at least six months)",
)  # fmt: skip
LOGS_HELD = declare(
    "logs.hold", kind="bool", unit="", rule="REC-02",
    zh="依法封存：日志一律不删", en="Legal hold: no log is deleted",
)  # fmt: skip
OUTBOX_LAG = declare(
    "health.outbox_lag", kind="int", unit="seconds", minimum=5, maximum=3600, rule="API-05",
    zh="事件多久没有发出算不正常", en="Age of a waiting event that counts as trouble",
)  # fmt: skip
FREE_SPACE = declare(
    "health.free_space", kind="int", unit="megabytes", minimum=50, maximum=1_000_000, rule="API-05",
    zh="磁盘剩余少于多少算不正常", en="Free disk space that counts as trouble",
)  # fmt: skip
