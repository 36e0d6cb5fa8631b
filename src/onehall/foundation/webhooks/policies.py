"""What webhooks read from the policy catalogue."""

from onehall.foundation.policy import declare

ATTEMPTS = declare(
    "webhooks.attempts", kind="int", unit="times", minimum=1, maximum=100, rule="API-01",
    zh="一次推送最多尝试几次", en="Attempts of one delivery",
)  # fmt: skip
FIRST_PAUSE = declare(
    "webhooks.first_pause", kind="int", unit="seconds", minimum=1, maximum=600, rule="API-01",
    zh="第一次重试前等多久（以后每次加倍）", en="Pause before the first retry; it doubles each time",
)  # fmt: skip
LONGEST_PAUSE = declare(
    "webhooks.longest_pause", kind="int", unit="seconds", minimum=1, maximum=86400, rule="API-01",
    zh="两次尝试之间最长等多久", en="Longest pause between two attempts",
)  # fmt: skip
GIVE_UP = declare(
    "webhooks.give_up", kind="int", unit="hours", minimum=1, maximum=720, rule="API-01",
    zh="多久推不出去就放弃", en="Age at which a delivery is given up",
)  # fmt: skip
TIMEOUT = declare(
    "webhooks.timeout", kind="int", unit="seconds", minimum=1, maximum=60, rule="API-01",
    zh="一次推送最多等多久", en="Longest wait for a receiver's answer",
)  # fmt: skip
AT_ONCE = declare(
    "webhooks.at_once", kind="int", unit="times", minimum=1, maximum=16, rule="API-01",
    zh="同一地址同时推几条", en="Deliveries on their way to one endpoint at once",
)  # fmt: skip
ENDPOINTS = declare(
    "webhooks.endpoints", kind="int", unit="endpoints", minimum=1, maximum=64, rule="API-01",
    zh="推送地址最多几个", en="Most endpoints",
)  # fmt: skip
BREAKER_FAILURES = declare(
    "webhooks.breaker_failures", kind="int", unit="times", minimum=1, maximum=100, rule="API-01",
    zh="连续失败几次就暂缓这个地址", en="Failures in a row that hold an endpoint back",
)  # fmt: skip
BREAKER_PAUSE = declare(
    "webhooks.breaker_pause", kind="int", unit="seconds", minimum=1, maximum=86400, rule="API-01",
    zh="暂缓多久后再试一条", en="How long it is held back before one delivery tries again",
)  # fmt: skip
DEAD_AFTER = declare(
    "webhooks.dead_after", kind="int", unit="hours", minimum=1, maximum=720, rule="API-01",
    zh="一直失败多久就停用这个地址", en="Unbroken failure after which an endpoint is paused",
)  # fmt: skip
SECRET_OVERLAP = declare(
    "webhooks.secret_overlap", kind="int", unit="hours", minimum=0, maximum=720, rule="API-01",
    zh="换密钥后新旧同时有效多久", en="How long the old secret signs beside a new one",
)  # fmt: skip
PRIVATE_NETWORKS = declare(
    "webhooks.private_networks", kind="list", unit="", rule="API-01",
    zh="允许推送到哪些内网网段（如 10.0.0.0/8）", en="Private networks that may be reached, such as 10.0.0.0/8",
)  # fmt: skip
KEPT_DAYS = declare(
    "webhooks.kept_days", kind="int", unit="days", minimum=1, maximum=366, rule="API-01",
    zh="推送记录保留多久（此前可以重推）", en="How long finished deliveries are kept and can be replayed",
)  # fmt: skip
