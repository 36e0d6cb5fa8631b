"""Limits of field work; the values stand in the profile."""

from onehall.foundation.policy import declare

INSTALL_WORKING_DAYS = declare(
    "fieldwork.install_working_days", kind="int", unit="working days", minimum=1, maximum=30, rule="WRK-06",
    zh="交费后多少个工作日内装好", en="Working days from payment to the finished installation",
)  # fmt: skip
DISPATCH_BY_MINUTE = declare(
    "fieldwork.dispatch_by_minute", kind="int", unit="minute of the day", minimum=0, maximum=1440, rule="WRK-03",
    zh="当天受理的单最晚几点发出", en="Time of day by which the day's orders are handed over",
)  # fmt: skip
RETURN_WORKING_DAYS = declare(
    "fieldwork.return_working_days", kind="int", unit="working days", minimum=0, maximum=30, rule="WRK-02",
    zh="完工后多少个工作日内交回签字单", en="Working days from the visit to the return of the signed sheet",
)  # fmt: skip
FOLLOW_UP_WAIT = declare(
    "fieldwork.follow_up_wait", kind="int", unit="minutes", minimum=0, maximum=20160, rule="WRK-05",
    zh="回单后多久应回访", en="Time from the returned sheet to the follow-up call",
)  # fmt: skip
FOLLOW_UP_RETRY = declare(
    "fieldwork.follow_up_retry", kind="int", unit="minutes", minimum=5, maximum=10080, rule="WRK-05",
    zh="无人接听后多久再打", en="Time until an unanswered call is tried again",
)  # fmt: skip
FOLLOW_UP_AFTER_DEFECT = declare(
    "fieldwork.follow_up_after_defect", kind="int", unit="minutes", minimum=5, maximum=20160, rule="WRK-05",
    zh="回访不通过后多久再回访", en="Time until a case that failed its follow-up is called again",
)  # fmt: skip
FOLLOW_UP_OPENS = declare(
    "fieldwork.follow_up_opens", kind="int", unit="minute of the day", minimum=0, maximum=1440, rule="WRK-13",
    zh="每天几点开始回访", en="Time of day from which customers are called",
)  # fmt: skip
FOLLOW_UP_CLOSES = declare(
    "fieldwork.follow_up_closes", kind="int", unit="minute of the day", minimum=1, maximum=1440, rule="WRK-13",
    zh="每天几点停止回访", en="Time of day after which nobody is called",
)  # fmt: skip
WARN_BEFORE = declare(
    "fieldwork.warn_before", kind="int", unit="minutes", minimum=0, maximum=10080, rule="WRK-06",
    zh="到期前多久提醒（黄）", en="How long before a limit a case turns amber",
)  # fmt: skip
