"""Policy keys that the provisioning room reads."""

from onehall.foundation.policy import declare

INITIAL_SECRET = declare("provisioning.initial_secret", kind="str", unit="text", rule="ADR-04",
    zh="宽带初始密码；空表示随机生成并印在单据上", en="Initial broadband password; empty means random, printed on the slip",
)  # fmt: skip
SECRET_LENGTH = declare("provisioning.secret_length", kind="int", unit="count", minimum=6, maximum=32, rule="ADR-04",
    zh="随机密码的位数", en="Length of a random password",
)  # fmt: skip
HASH_ROUNDS = declare("provisioning.hash_rounds", kind="int", unit="count", minimum=1000, maximum=1_000_000, rule="LAW-03",
    zh="密码散列（PBKDF2）的轮数", en="Rounds of the password hash (PBKDF2)",
)  # fmt: skip
KEEP_CLEAR_SECRET = declare("provisioning.keep_clear_secret", kind="bool", unit="flag", rule="LAW-03",
    zh="接入设备要求 CHAP 时加密保存明文密码", en="Keep the clear password, encrypted, where access devices need CHAP",
)  # fmt: skip
RETRY_FIRST = declare("provisioning.retry_first", kind="int", unit="seconds", minimum=1, maximum=3600, rule="NET-03",
    zh="网络命令第一次重试前的等待", en="Wait before a network command is tried again",
)  # fmt: skip
RETRY_LONGEST = declare("provisioning.retry_longest", kind="int", unit="seconds", minimum=1, maximum=86_400, rule="NET-03",
    zh="网络命令两次重试之间的最长等待", en="Longest wait between two tries of a network command",
)  # fmt: skip
COMMAND_SECONDS = declare("provisioning.command_seconds", kind="int", unit="seconds", minimum=1, maximum=30, rule="NET-03",
    zh="等待接入设备应答一条命令的时间", en="How long an access device has to answer a command",
)  # fmt: skip
COMMAND_LEASE = declare("provisioning.command_lease", kind="int", unit="seconds", minimum=5, maximum=600, rule="NET-03",
    zh="取走的网络命令没有回音，多久后重发", en="When a command that was taken and never answered for is taken again",
)  # fmt: skip
BREAKER_FAILURES = declare("provisioning.breaker_failures", kind="int", unit="count", minimum=1, maximum=100, rule="NET-03",
    zh="接入设备连续几次不应答后暂停联系", en="Silences in a row after which an access device is left alone",
)  # fmt: skip
BREAKER_REST = declare("provisioning.breaker_rest", kind="int", unit="seconds", minimum=1, maximum=3600, rule="NET-03",
    zh="暂停联系接入设备的时间", en="How long a silent access device is left alone",
)  # fmt: skip
CUT_AGAIN = declare("provisioning.cut_again", kind="int", unit="seconds", minimum=5, maximum=3600, rule="NET-01",
    zh="接入设备答应断开后，会话多久还在就再断一次", en="When a session that a device said it cut, and that lives on, is cut again",
)  # fmt: skip
SURVIVOR_GRACE = declare("provisioning.survivor_grace", kind="int", unit="seconds", minimum=1, maximum=600, rule="NET-01",
    zh="到期后留给接入设备自行断开的时间", en="How long after its end a session is left to the access device to end",
)  # fmt: skip
TEST_HOURS = declare("provisioning.test_hours", kind="int", unit="hours", minimum=1, maximum=48, rule="ORD-09",
    zh="装机上门时线路可以试用的时间", en="How long a line works for the installer's test before its paid term",
)  # fmt: skip
