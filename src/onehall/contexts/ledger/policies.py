"""What the ledger reads from the policy book."""

from onehall.contexts.ledger.contracts import Means
from onehall.foundation.policy import declare

OPEN_MEANS = declare(
    "payment.means",
    kind="list",
    unit="means",
    rule="PAY-03",
    zh="受理的付款方式",
    en="Means of payment taken",
    choices=tuple(Means),
)

RECEIPT_COPIES = declare(
    "ledger.receipt_copies",
    kind="int",
    unit="copies",
    rule="RCP-01",
    zh="一份收据的联数（作废时须收齐）",
    en="Copies of one receipt, all to be present when it is declared void",
    minimum=1,
    maximum=6,
)
