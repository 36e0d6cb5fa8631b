"""退余额单: what a customer got of the balance in cash, who agreed, what is left, and where the customer signs for it (PAY-03, SEC-04)."""

from collections.abc import Iterable
from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.approvals import Request
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.documents.services import issue_document
from onehall.foundation.documents.tabular import BalanceRefund, Fact
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import DocumentId, PartyId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.steps.papers import letterhead

BALANCE_REFUND = "balance_refund"
"""What such a paper is about; its number is the approval's."""


def issue_refund_paper(
    *, party: PartyId, amount: Money, left: Money, agreed: Request, by: Actor, at: datetime
) -> Document:
    """Stores the paper of a refund that was paid out."""
    form = BalanceRefund(
        head=letterhead(by.hall_id, scope=by.scope), name=Text("客户预存余额退现金", "Prepaid balance refunded in cash"), total=amount,
        facts=(
            Fact(label=Text("客户", "Customer"), value=customers.card(party, scope=by.scope).name),
            Fact(label=Text("退还", "Refunded"), value=amount), Fact(label=Text("退后余额", "Left"), value=left),
            Fact(label=Text("原因", "Why"), value=agreed.reason),
            Fact(label=Text("批准", "Approved by"), value=f"{agreed.decided_by} #{agreed.id}"),
            Fact(label=Text("付款人", "Paid by"), value=f"{by.name} {by.staff_no}"), Fact(label=Text("时间", "At"), value=at),
        ),
        grids=(), signatures=(Text("客户签收", "Received by the customer"), Text("付款人", "Paid by")),
    )  # fmt: skip
    return issue_document(
        form, hall_id=by.hall_id, serial=f"{agreed.id:08d}", subject=BALANCE_REFUND, subject_id=agreed.id, by=by, at=at
    )  # fmt: skip


def refund_papers(requests: Iterable[int], *, scope: Scope) -> dict[int, DocumentId]:
    """The papers of these refunds by the number of their approval, those of other halls left out."""
    found = {one: documents_of(BALANCE_REFUND, one, scope=scope) for one in requests}
    return {one: papers[-1].id for one, papers in found.items() if papers}
