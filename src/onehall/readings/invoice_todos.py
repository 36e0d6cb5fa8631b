"""Invoices that wait for somebody: to be made, signed, asked for anew (RCP-03, RCP-04, RCP-05)."""

from datetime import datetime, timedelta

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.todos import Todo, WaitsFor
from onehall.foundation.values.text import Text

_INVOICES = """
    select i.id::text as key, i.asked_at as since, i.ready_on::timestamp at time zone 'Asia/Shanghai' as due, i.serial as detail,
           case when i.dead = 'refused' then 'refused' when i.kind = 'electronic' then 'waits'
                when i.kind = 'handwritten' and i.signed < 2 then 'sign' else 'make' end as state
    from pub_invoicing_invoice i
    where i.hall_id = %(hall)s and i.number is null and (i.dead is null or i.dead = 'refused' and i.dead_at > %(lately)s) and (i.kind <> 'electronic' or i.dead is not null or i.attempts > 0 or i.asked_at <= %(before)s)
    order by i.ready_on, i.id limit %(limit)s
"""
_MADE = {
    "refused": Text("发票被税务端退回，改好重新申请", "An invoice was refused: ask for it anew"),
    "waits": Text("发票等税务端回复", "An invoice waits for the tax side"),
    "sign": Text("手写发票等签字", "A handwritten invoice is to be signed"),
    "make": Text("开纸质发票", "Make an invoice out"),
}


def invoice_todos(*, by: Actor, at: datetime, limit: int, scope: Scope) -> list[Todo]:
    """What is to be made, signed, or has no answer of the tax side after a while; what that refused within the last days."""
    scope.require(by.hall_id)
    if not by.may("invoice.view"):
        return []
    asked = {
        "hall": by.hall_id,
        "limit": limit,
        "before": at - timedelta(hours=1),
        "lately": at - timedelta(days=7),
    }
    return [
        Todo(
            "invoice",
            words=_MADE[row.pop("state")],
            href=f"/board/invoices/{row['key']}",
            waits_for=WaitsFor.CUSTOMER,
            **row,
        )
        for row in fetch_all(_INVOICES, asked)
    ]
