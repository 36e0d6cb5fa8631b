"""What balances reads from the policy book: how much is taken at once."""

from onehall.foundation.policy import declare

LEAST_DEPOSIT = declare(
    "balances.least_deposit", kind="money", unit="fen", rule="PAY-03", minimum=1, maximum=100_000,
    zh="一次预存最少多少", en="Least deposit on a balance",
)  # fmt: skip
MOST_DEPOSIT = declare(
    "balances.most_deposit", kind="money", unit="fen", rule="PAY-03", minimum=100, maximum=10_000_000,
    zh="一次预存最多多少", en="Largest deposit on a balance",
)  # fmt: skip
