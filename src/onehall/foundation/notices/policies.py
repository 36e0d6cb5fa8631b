"""What notices read from the policy catalogue."""

from onehall.foundation.policy import declare

REMINDER_DAYS = declare("notices.reminder_days", kind="list", unit="days", rule="BIL-06",
    choices=("1", "2", "3", "5", "7", "10", "14", "15", "20", "30", "45", "60"),
    zh="到期前几天提醒（可多个）", en="Days before the end of a term on which the customer is reminded",
)  # fmt: skip
OPENS = declare("notices.opens", kind="int", unit="minute of the day", minimum=0, maximum=1439, rule="BIL-06",
    zh="每天几点后才发通知（零点起的分钟）", en="Time of the day before which no notice is sent",
)  # fmt: skip
CLOSES = declare("notices.closes", kind="int", unit="minute of the day", minimum=1, maximum=1440, rule="BIL-06",
    zh="每天几点后不再发通知（零点起的分钟）", en="Time of the day after which no notice is sent",
)  # fmt: skip
ATTEMPTS = declare("notices.attempts", kind="int", unit="times", minimum=1, maximum=100, rule="BIL-06",
    zh="一条通知最多尝试几次", en="Attempts of one notice",
)  # fmt: skip
RETRY = declare("notices.retry", kind="int", unit="seconds", minimum=1, maximum=3600, rule="BIL-06",
    zh="通知没有发出时第一次重试前的等待", en="Wait before a notice is tried again; it doubles each time",
)  # fmt: skip
LEASE = declare("notices.lease", kind="int", unit="seconds", minimum=5, maximum=600, rule="BIL-06",
    zh="取走的通知没有回音，多久后重发", en="When a notice that was taken and never answered for is taken again",
)  # fmt: skip
TELLINGS = declare("notices.tellings", kind="int", unit="times", minimum=1, maximum=5, rule="BIL-06",
    zh="没有送到的通知一共发几次", en="How often a message that was not delivered is sent in all",
)  # fmt: skip
AGAIN = declare("notices.again", kind="int", unit="minutes", minimum=1, maximum=2880, rule="BIL-06",
    zh="没有送到以后多久再发", en="Wait before a message that was not delivered is sent again",
)  # fmt: skip
KEPT_DAYS = declare("notices.kept_days", kind="int", unit="days", minimum=1, maximum=3650, rule="SEC-07",
    zh="通知记录保留多久", en="How long notices are kept",
)  # fmt: skip
