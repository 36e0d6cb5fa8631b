"""Policy keys that the numbers room reads."""

from onehall.foundation.policy import declare

RESERVATION = declare(
    "numbers.reservation", kind="int", unit="minutes", minimum=1, maximum=7 * 24 * 60, rule="ADR-07",
    zh="号码为受理单保留多久", en="How long a number stays reserved for a basket",
)  # fmt: skip
QUARANTINE = declare(
    "numbers.quarantine", kind="int", unit="days", minimum=0, maximum=365, rule="ADR-07",
    zh="电话号码和合作方账号停用后的冷冻期", en="Days before a telephone number or partner account may be given again",
)  # fmt: skip
BOOK_LOW = declare(
    "numbers.book_low", kind="int", unit="count", minimum=0, maximum=10_000, rule="RCP-02",
    zh="票据剩余多少张时提醒领用新本", en="Papers left in a book when a new one should be drawn",
)  # fmt: skip
