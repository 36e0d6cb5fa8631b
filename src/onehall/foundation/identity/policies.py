"""What the identity part reads from the policy catalogue."""

from onehall.foundation.policy import declare

LOCKOUT_FAILURES = declare(
    "identity.lockout_failures", kind="int", unit="times", minimum=3, maximum=20, rule="SEC-08",
    zh="连续输错多少次密码后锁定", en="Failed sign-ins before the account is locked",
)  # fmt: skip
LOCKOUT_MINUTES = declare(
    "identity.lockout_minutes", kind="int", unit="minutes", minimum=1, maximum=1440, rule="SEC-08",
    zh="锁定多久", en="How long a locked account stays locked",
)  # fmt: skip
SESSION_IDLE_MINUTES = declare(
    "identity.session_idle_minutes", kind="int", unit="minutes", minimum=5, maximum=1440, rule="SEC-08",
    zh="多久没有操作须重新登录", en="Idle time after which one must sign in again",
)  # fmt: skip
SESSION_MAXIMUM_HOURS = declare(
    "identity.session_maximum_hours", kind="int", unit="hours", minimum=1, maximum=24, rule="SEC-08",
    zh="一次登录最长多久", en="Longest life of one sign-in",
)  # fmt: skip
SCREEN_LOCK = declare(
    "identity.screen_lock", kind="int", unit="seconds", minimum=30, maximum=1800, rule="SEC-03",
    zh="台席多久没有操作就锁屏", en="Idle time after which a counter's screen locks",
)  # fmt: skip
PASSWORD_MINIMUM = declare(
    "identity.password_minimum", kind="int", unit="characters", minimum=8, maximum=64, rule="SEC-08",
    zh="员工密码最少位数", en="Least length of a staff password",
)  # fmt: skip
SHIFT_ENDS = declare(
    "identity.shift_ends", kind="list", unit="HH:MM", rule="SEC-08",
    zh="班次几点结束：到点以前的登录全部失效", en="When shifts end: sign-ins from before are dead from then on",
)  # fmt: skip
SECOND_FACTOR = declare(
    "identity.second_factor", kind="choice", unit="", choices=("enrolled", "required"), rule="SEC-08",
    zh="第二步验证：登记过的才要（enrolled），还是经理以上必须登记（required）",
    en="Second factor: asked of those who enrolled, or required of managers and above",
)  # fmt: skip
SECOND_FACTOR_ROLES = declare(
    "identity.second_factor_roles", kind="list", unit="", rule="SEC-08",
    zh="哪些岗位算经理以上，必须第二步验证", en="Roles that count as managers and above",
)  # fmt: skip
SECOND_STEP_MINUTES = declare(
    "identity.second_step_minutes", kind="int", unit="minutes", minimum=1, maximum=30, rule="SEC-08",
    zh="密码输对以后，第二步验证要在几分钟内完成", en="Time for the second step once the password was right",
)  # fmt: skip
TOKEN_DAYS = declare(
    "identity.token_days", kind="int", unit="days", minimum=1, maximum=1825, rule="API-01",
    zh="程序的访问令牌最长多久有效", en="Longest life of a programme's access token",
)  # fmt: skip
LIST_LIMIT = declare(
    "identity.api_list_limit", kind="int", unit="rows", minimum=10, maximum=1000, rule="API-01",
    zh="程序接口一次最多给几行", en="Most rows that the API gives at once",
)  # fmt: skip
PORTAL_ADDRESS_FAILURES = declare(
    "identity.portal_address_failures", kind="int", unit="times", minimum=5, maximum=1000, rule="SEC-08",
    zh="自助登录：同一网络地址输错多少次后锁定", en="Self-service: failed sign-ins of one network address before it is locked",
)  # fmt: skip
PORTAL_IDLE_MINUTES = declare(
    "identity.portal_idle_minutes", kind="int", unit="minutes", minimum=1, maximum=1440, rule="SEC-08",
    zh="自助页面：多久没有操作须重新登录", en="Self-service: idle time after which one must sign in again",
)  # fmt: skip
