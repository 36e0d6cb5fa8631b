"""Policy keys that the floor reads."""

from onehall.foundation.policy import declare

SUGGEST_WITHIN = declare(
    "floor.suggest_within", kind="int", unit="days", minimum=0, maximum=120, rule="ORD-15",
    zh="到期前多少天内建议续费", en="How many days before expiry a renewal is suggested",
)  # fmt: skip
SUGGEST_REST = declare(
    "floor.suggest_rest", kind="int", unit="days", minimum=1, maximum=730, rule="ORD-15",
    zh="客户答复过的建议多少天内不再提", en="For how long an answered suggestion is not made again",
)  # fmt: skip
