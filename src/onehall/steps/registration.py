"""用户登记表: what the manual's registration form says of one line (ORD-08, REC-01)."""

from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.documents.book import Registration
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.steps.papers import letterhead
from onehall.steps.sale_papers import name_of, paper_name

_NONE = Text("—", "—")


def registration_form(line: subscriptions.Subscription, *, by: Actor, at: datetime) -> Registration:
    """The line with the term that runs, or ran last; the points are its own and those that were added."""
    who = customers.on_paper(line.party_id, scope=by.scope)
    home = customers.premises(line.dwelling_id, scope=by.scope)
    term = line.term_at(at)
    sold = term.offering if term else ""
    found = next((one for one in catalogue.offerings_ever(at=at, scope=by.scope) if one.code == sold), None)
    case = fieldwork.work_order_of(line.order_id, scope=by.scope) if line.order_id else None
    return Registration(
        head=letterhead(by.hall_id, scope=by.scope), account=line.account_name, compound=customers.compound(home.compound, scope=by.scope).label,
        customer=who.name,
        paper=paper_name(who.document_kind), paper_number=who.document, phone=who.phone, address=home.label,
        installer=case.installer if case else "", product=found.name if found else _NONE, prepaid=term.price if term else None,
        points=case.points if case else 0, starts_on=local(term.period.start).date() if term else None,
        ends_on=local(term.period.end).date() if term else None, registered_at=line.opened_at, clerk=name_of(by),
    )  # fmt: skip
