"""What custody reads from the policy book."""

from onehall.foundation.policy import declare

OPENING_FLOAT = declare(
    "custody.opening_float",
    kind="money",
    unit="fen",
    rule="CSH-01",
    zh="开箱备用金",
    en="Float in the drawer when a shift opens",
    minimum=0,
    maximum=10_000_000,
)
