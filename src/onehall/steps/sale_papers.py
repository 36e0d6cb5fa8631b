"""What the papers of a sale say: the receipt and the acceptance form."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.documents import forms
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, local
from onehall.foundation.values.text import Text
from onehall.steps.household import BROADBAND
from onehall.steps.papers import head_of
from onehall.steps.written import remark_of

_DOCUMENT_NAMES = {
    customers.DocumentKind.RESIDENT_ID: Text("居民身份证", "Resident ID card"),
    customers.DocumentKind.PASSPORT: Text("护照", "Passport"),
    customers.DocumentKind.MILITARY_ID: Text("军人证件", "Military ID"),
    customers.DocumentKind.HONG_KONG_MACAO_PERMIT: Text(
        "港澳居民来往内地通行证", "Hong Kong/Macao travel permit"
    ),
    customers.DocumentKind.TAIWAN_PERMIT: Text("台湾居民来往大陆通行证", "Taiwan travel permit"),
    customers.DocumentKind.FOREIGN_RESIDENT_ID: Text("外国人永久居留身份证", "Foreign permanent resident ID"),
    customers.DocumentKind.CREDIT_CODE: Text("统一社会信用代码", "Unified social credit code"),
}
_PAPER_NAMES = {
    customers.PaperKind.IDENTITY_DOCUMENT: Text("有效证件", "Identity document"),
    customers.PaperKind.INTRODUCTION_LETTER: Text("介绍信", "Letter of introduction"),
    customers.PaperKind.POWER_OF_ATTORNEY: Text("授权委托书", "Power of attorney"),
    customers.PaperKind.AGENT_DOCUMENT: Text("代办人证件", "Agent's document"),
}
_NO_PAPER = Text("无证件", "No document")


def receipt(
    *,
    settlement: orders.Settlement,
    terms: Mapping[OrderId, Period],
    tenders: Sequence[ledger.Tender],
    issuer: organisation.Issuer,
    payer: str,
    address: str,
    by: Actor,
    at: datetime,
) -> forms.Receipt:
    """收据: what was paid for, by which means, what was handed over and given back (RCP-01, PAY-02); the balance hands over nothing."""
    return forms.Receipt(
        head=head_of(issuer),
        payer=payer,
        account=str(settlement.orders[0].details.get("account", "")),
        address=address,
        lines=tuple(
            forms.ReceiptLine(
                label=order.name,
                quantity=order.quantity,
                amount=order.amount,
                note=_span(terms.get(order.id)),
            )
            for order in settlement.orders
        ),
        total=settlement.amount,
        tenders=tuple(
            forms.TenderLine(label=means_name(tender.means), amount=tender.amount) for tender in tenders
        ),
        received=Money.total(one.tendered for one in tenders if one.means is not ledger.Means.PREPAID),
        change=Money.total(tender.change for tender in tenders),
        cashier=name_of(by),
        counter=issuer.counter_no,
        paid_at=at,
        remark=remark_of(settlement.orders),
    )


def means_name(means: ledger.Means) -> Text:
    """What a means is called on a receipt."""
    return (
        Text("余额支付", "From the balance") if means is ledger.Means.PREPAID else ledger.MEANS_NAMES[means]
    )


def acceptance(*, basket: orders.Basket, receipt_number: str, by: Actor, at: datetime) -> forms.Acceptance:
    """受理单 of a basket, paid or about to be, with the terms in force (ORD-02, ORD-14)."""
    issuer = organisation.issuer(hall_id=basket.hall_id, counter_id=basket.counter_id, scope=by.scope)
    who = customers.on_paper(basket.party_id, scope=by.scope)
    terms = catalogue.wording("terms", BROADBAND, scope=by.scope)
    home = next((item.draft.dwelling_id for item in basket.items if item.draft.dwelling_id), None)
    return forms.Acceptance(
        head=head_of(issuer),
        customer=who.name,
        paper=paper_name(who.document_kind),
        paper_number=who.document,
        phone=who.phone,
        address=customers.premises(home, scope=by.scope).label if home else "",
        agent=who.agent,
        services=tuple(_service(item.draft) for item in basket.items),
        total=basket.total,
        papers_seen=tuple(_PAPER_NAMES[kind] for kind in who.papers),
        terms_version=terms.version,
        terms=terms.lines,
        clerk=name_of(by),
        counter=issuer.counter_no,
        accepted_at=at,
        receipt=receipt_number,
    )


def paper_name(kind: customers.DocumentKind | None) -> Text:
    """What the document is called on papers."""
    return _DOCUMENT_NAMES[kind] if kind else _NO_PAPER


def name_of(by: Actor) -> str:
    """A person at work as papers name them: the name with the staff number behind it."""
    return f"{by.name}（{by.staff_no}）"


def _service(draft: orders.ItemDraft) -> forms.ServiceLine:
    return forms.ServiceLine(
        label=draft.name,
        account=str(draft.details.get("account", "")),
        term=_span(draft.period),
        quantity=draft.quantity,
        amount=draft.amount,
    )


def _span(period: Period | None) -> str:
    return f"{local(period.start):%Y-%m-%d} 至 {local(period.end):%Y-%m-%d}" if period else ""
