"""Fees that the catalogue sells by policy (FEE-02). An offering refers to one by its code in `price_policy`."""

from onehall.foundation.policy import declare

ADDITIONAL_POINT = declare(
    "fees.additional_point", kind="money", unit="fen", minimum=0, maximum=100_000, rule="FEE-02",
    zh="超出免费数的每个信息点", en="Each point beyond the free ones",
)  # fmt: skip
ROUTER_VISIT = declare(
    "fees.router_visit", kind="money", unit="fen", minimum=0, maximum=100_000, rule="FEE-02",
    zh="路由器上门调试，每次", en="Router set-up, per visit",
)  # fmt: skip
