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
OUTAGE_LINES = declare("provisioning.outage_lines", kind="int", unit="lines", minimum=2, maximum=1000, rule="NET-04",
    zh="同小区多少条线路一起掉线，诊断为楼宇或小区故障", en="Lines of a compound that go together before a diagnosis says outage",
)  # fmt: skip
OUTAGE_MINUTES = declare("provisioning.outage_minutes", kind="int", unit="minutes", minimum=1, maximum=120, rule="NET-04",
    zh="多长时间内掉线算“一起”", en="Within how long lines must go to have gone together",
)  # fmt: skip
SESSION_SILENT = declare("provisioning.session_silent", kind="int", unit="minutes", minimum=1, maximum=1440, rule="NET-04",
    zh="在线会话多久没有报告就不再当作在线", en="Silence after which a session is no longer taken for alive",
)  # fmt: skip
DEVICE_SILENT = declare("provisioning.device_silent", kind="int", unit="minutes", minimum=1, maximum=1440, rule="NET-04",
    zh="接入设备多久没有消息就提示异常", en="Silence after which an access device is shown as troubled",
)  # fmt: skip
REFUSALS_COUNT = declare("provisioning.refusals_count", kind="int", unit="hours", minimum=1, maximum=720, rule="NET-04",
    zh="诊断看多久以内的拨号应答", en="How far back answers of the network count in a diagnosis",
)  # fmt: skip
OWN_SECRET_LENGTH = declare("provisioning.own_secret_length", kind="int", unit="characters", minimum=6, maximum=32, rule="LAW-03",
    zh="客户自己设的上网密码最少位数", en="Least length of a password that a customer chooses",
)  # fmt: skip
INTERIM_SECONDS = declare("provisioning.interim_seconds", kind="int", unit="seconds", minimum=60, maximum=3600, rule="NET-01",
    zh="接入设备多久报告一次在线会话", en="How often access devices tell about a session",
)  # fmt: skip
SLOW_PAP = declare("provisioning.slow_pap", kind="bool", unit="flag", rule="LAW-03",
    zh="PAP 用慢散列（PBKDF2）核对密码", en="PAP passwords are checked against the slow hash (PBKDF2)",
)  # fmt: skip
SESSIONS_MONTHS = declare("provisioning.sessions_months", kind="int", unit="months", minimum=6, maximum=120, rule="SEC-07",
    zh="上网记录保留几个月", en="Months that ended network sessions are kept",
)  # fmt: skip
USAGE_MONTHS = declare("provisioning.usage_months", kind="int", unit="months", minimum=6, maximum=120, rule="SEC-07",
    zh="每日流量保留几个月", en="Months that usage a day is kept",
)  # fmt: skip
ANSWERS_MONTHS = declare("provisioning.answers_months", kind="int", unit="months", minimum=1, maximum=120, rule="SEC-07",
    zh="拨号应答记录保留几个月", en="Months that answers to sign-ins are kept",
)  # fmt: skip
INITIAL_SERVICE_PASSWORD = declare("provisioning.initial_service_password", kind="str", unit="text", rule="ADR-05",
    zh="固话初始服务密码", en="First service password of a telephone line",
)  # fmt: skip
SERVICE_PASSWORD_LENGTH = declare("provisioning.service_password_length", kind="int", unit="count", minimum=6, maximum=16, rule="ADR-05",
    zh="自设固话服务密码至少几位", en="Least length of a chosen service password",
)  # fmt: skip
