"""How long is kept what the house itself writes: backups, ended sessions, intents, announced events."""

from onehall.foundation.policy.keys import declare

BACKUPS_LEAST = declare(
    "retention.backups_least", kind="int", unit="backups", minimum=1, maximum=100, rule="CON-09",
    zh="至少保留几份备份", en="Backups that are kept whatever their age",
)  # fmt: skip
BACKUPS_DAYS = declare(
    "retention.backups_days", kind="int", unit="days", minimum=1, maximum=3650, rule="CON-09",
    zh="备份与日志保留多久", en="How long backups and their log are kept",
)  # fmt: skip
SESSIONS_DAYS = declare(
    "retention.sessions_days", kind="int", unit="days", minimum=1, maximum=3650, rule="SEC-07",
    zh="已结束的登录记录保留多久", en="How long ended sessions are kept",
)  # fmt: skip
INTENTS_DAYS = declare(
    "retention.intents_days", kind="int", unit="days", minimum=1, maximum=365, rule="ORD-13",
    zh="防重复提交的记录保留多久", en="How long a submission is remembered so that it is not done twice",
)  # fmt: skip
EVENTS_DAYS = declare(
    "retention.events_days", kind="int", unit="days", minimum=1, maximum=365, rule="SEC-07",
    zh="已发出的实时通知保留多久", en="How long announced events are kept",
)  # fmt: skip
