"""What is left on a balance, paid out in cash: what is asked of a second person, and what is done once they agreed (PAY-03, SEC-04)."""

from datetime import datetime

from onehall.contexts.balances import api as balances
from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.foundation.approvals import BALANCE, Wanted
from onehall.foundation.approvals import queries as approvals
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.steps.balance_papers import issue_refund_paper
from onehall.steps.prepaying import left_to, records_of
from onehall.steps.reversing import reason_kept

_REASON = "退预存余额"
_ALL = Scope.operator()
_FEN = 100  # structural: the fen of a yuan


class BalanceRefundAwaited(Refusal):
    """Another person was asked; nothing is changed yet."""

    code = "balances.refund_awaited"
    rule = "SEC-04"
    zh = "退余额要另一人批准；已经替您提交申请（第 {number} 号），现在什么都没有改动，先不要付钱。"
    en = "A refund of a balance needs another person's approval, which was asked for (no. {number}); nothing is changed yet, pay nothing."
    alternative_zh = "批准后在客户的余额页点“照批准退余额”。"
    alternative_en = "Once approved, refund from the customer's page of the balance."


def wanted_refund(root: PartyId, amount: Money, reason: str, by: Actor) -> Wanted:
    """What a second person is asked for; refused before anybody is asked where there is not so much. Raises BalanceRefused, ReversalReason."""
    balances.check_refund(amount, left=left_to(root))
    body = {"party": root, "fen": amount.fen}
    return Wanted(BALANCE, "party", body, amount.fen // _FEN, reason_kept(reason), (by.hall_id,))


def pay_balance_out(root: PartyId, amount: Money, approval: int, *, by: Actor, at: datetime) -> None:
    """Off the balance, out of the actor's own drawer, in the books, with its paper: all or nothing. Raises NoOpenDrawer, DrawerShort, BalanceRefused."""
    if by.counter_id is None:
        raise custody.NoOpenDrawer()
    balances.refund(parties=records_of(root), request=approval, amount=amount, hall=by.hall_id, by=by, at=at)
    custody.pay_customer(counter=by.counter_id, amount=amount, reason=_REASON, by=by, at=at)
    ledger.book_cash(
        hall=by.hall_id, source=ledger.Source.REFUND, source_id=approval, legs={ledger.Role.DRAWER: -amount}, against=ledger.Role.PREPAID,
        at=at,
    )  # fmt: skip
    agreed = approvals.request(approval, at=at, scope=_ALL)
    paper = issue_refund_paper(party=root, amount=amount, left=left_to(root), agreed=agreed, by=by, at=at)
    record(
        action="balance.refunded", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at, rule="SEC-04",
        details={"fen": amount.fen, "approval": approval, "document": paper.id},
    )  # fmt: skip
    publish(topic="balance.changed", hall_id=by.hall_id, at=at, payload={"party": root})
