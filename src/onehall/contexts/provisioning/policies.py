"""Policy keys that the provisioning room reads."""

from onehall.foundation.policy import declare

INITIAL_SECRET = declare(
    "provisioning.initial_secret",
    kind="str",
    unit="text",
    rule="ADR-04",
    zh="宽带初始密码；空表示随机生成并印在单据上",
    en="Initial broadband password; empty means random, printed on the slip",
)
SECRET_LENGTH = declare(
    "provisioning.secret_length",
    kind="int",
    unit="count",
    minimum=6,
    maximum=32,
    rule="ADR-04",
    zh="随机密码的位数",
    en="Length of a random password",
)
HASH_ROUNDS = declare(
    "provisioning.hash_rounds",
    kind="int",
    unit="count",
    minimum=1000,
    maximum=1_000_000,
    rule="LAW-03",
    zh="密码散列（PBKDF2）的轮数",
    en="Rounds of the password hash (PBKDF2)",
)
KEEP_CLEAR_SECRET = declare(
    "provisioning.keep_clear_secret",
    kind="bool",
    unit="flag",
    rule="LAW-03",
    zh="接入设备要求 CHAP 时加密保存明文密码",
    en="Keep the clear password, encrypted, where access devices need CHAP",
)
RETRY_FIRST = declare(
    "provisioning.retry_first",
    kind="int",
    unit="seconds",
    minimum=1,
    maximum=3600,
    rule="NET-03",
    zh="网络命令第一次重试前的等待",
    en="Wait before a network command is tried again",
)
RETRY_LONGEST = declare(
    "provisioning.retry_longest",
    kind="int",
    unit="seconds",
    minimum=1,
    maximum=86_400,
    rule="NET-03",
    zh="网络命令两次重试之间的最长等待",
    en="Longest wait between two tries of a network command",
)
