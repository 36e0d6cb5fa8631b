"""What acquiring reads from the policy book: how long it waits, and where money without a sale stands."""

from onehall.contexts.acquiring.contracts import Way
from onehall.foundation.policy import declare

ANSWER_SECONDS = declare(
    "acquiring.answer_seconds", kind="int", unit="seconds", rule="PAY-03", minimum=1, maximum=30,
    zh="等支付平台回答的最长时间", en="Longest wait for a provider's answer",
)  # fmt: skip
QUERY_SECONDS = declare(
    "acquiring.query_seconds", kind="int", unit="seconds", rule="PAY-03", minimum=1, maximum=60,
    zh="第一次再查询前等多久（以后每次加倍）", en="Wait before asking again the first time; doubled each time after",
)  # fmt: skip
CHARGE_MINUTES = declare(
    "acquiring.charge_minutes", kind="int", unit="minutes", rule="PAY-03", minimum=1, maximum=120,
    zh="顾客多久不确认就撤销", en="Time after which a charge that nobody confirmed is closed",
)  # fmt: skip
CARD_WAYS_OPEN = declare(
    "acquiring.card_ways", kind="list", unit="ways", rule="PAY-03", choices=(Way.TERMINAL, Way.SLIP),
    zh="刷卡怎么收：接通的POS机、手工登记签购单", en="How cards are taken: a connected terminal, slips typed by hand",
)  # fmt: skip
UNSOLD_ACCOUNT = declare(
    "acquiring.unsold_account", kind="str", unit="text", rule="LED-02",
    zh="已收未落单款的科目", en="Account of money without a sale",
)  # fmt: skip
