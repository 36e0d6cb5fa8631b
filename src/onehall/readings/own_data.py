"""本人资料 All that is held about a customer, for them alone: whoever asks verified them and is on record (LAW-30)."""

from collections.abc import Mapping
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.foundation.audit.trail import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.readings.customer_360 import Customer360, customer_360

MOST = 1000
"""Lines of each part; a household has tens."""
WHY = {
    customers.PurposeKind.PRESENT_VERIFIED: Text("您本人到厅", "you were present"),
    customers.PurposeKind.OPEN_CASE: Text("办理中的业务", "an open case"),
    customers.PurposeKind.BREAK_GLASS: Text("紧急查看", "an emergency"),
}
CONSENTS = {
    customers.ConsentKind.NOTICE: Text("已阅读个人信息告知", "has read the notice on personal data"),
    customers.ConsentKind.SENSITIVE: Text(
        "单独同意处理证件号码等敏感信息", "separate consent: identity numbers and other sensitive data"
    ),
    customers.ConsentKind.CALLS: Text("同意回访电话", "may be called after a service"),
}
_GOODS = """
    with mine as (
        select id from pub_orders_order where party_id = any(pub_customers_group(%(party)s))
    ), bought as (
        select 'handset' as kind, offering, serial as mark, sold_at as at, null::timestamptz as until, returned_at as ended
        from pub_goods_handset where order_id in (select id from mine)
        union all
        select 'collected', o.offering, c.reference, c.at, null, c.given_back_at
        from pub_goods_collected c join pub_orders_order o on o.id = c.order_id
        where c.order_id in (select id from mine) and c.order_id not in (select order_id from pub_goods_add_on)
        union all
        select 'service', a.offering, l.account_name, a.starts_at, a.ends_at, a.ended_at
        from pub_goods_add_on a join pub_subscriptions_line l on l.id = a.subscription_id where a.order_id in (select id from mine)
    )
    select b.kind, b.mark, b.at, b.until, b.ended, coalesce(o.name_zh, b.offering) as name_zh, coalesce(o.name_en, b.offering) as name_en
    from bought b left join pub_catalogue_offering o on o.code = b.offering
    order by b.at desc, b.kind, b.mark limit %(limit)s
"""
_MARKS = {
    "handset": (Text("串号", "serial"), Text("已退", "given back")),
    "collected": (Text("户号", "number"), Text("已退", "given back")),
    "service": (Text("线路", "line"), Text("已停", "ended")),
}
Rows = list[tuple[str, str]]


def looks(party_id: int, *, scope: Scope, lang: str) -> Rows:
    """Who opened the record when and why, and each particular that was shown in clear, newest first (SEC-07)."""
    opened = [
        (one.stated_at, f"{one.by_name}: {WHY[one.kind].in_(lang)} {one.case or one.reason}".strip())
        for one in customers.purposes_of(party_id, scope=scope, limit=MOST)
    ]
    shown = Text("看了一项资料", "saw one particular")
    seen = [
        (line.at, f"{line.user_name or '—'}: {shown.in_(lang)} {line.details.get('field', '').split(':')[0]}")
        for line in trail(
            scope=scope,
            limit=MOST,
            action="customer.field_revealed",
            subject="party",
            subject_id=str(party_id),
        )
    ]
    return [(_moment(at), words) for at, words in sorted([*opened, *seen], reverse=True)]


def gathered(
    party_id: int, particulars: Mapping[str, Any], *, purpose: customers.Purpose, scope: Scope, lang: str
) -> dict[str, Rows]:
    """Every part by its name, as labels and values in the language of the page."""
    known = customer_360(purpose=purpose, scope=Scope.operator(), limit=MOST)
    given = customers.consents(party_id, scope=scope)
    return {
        "particulars": _particulars(particulars, lang),
        **_business(known, lang),
        "goods": _goods(party_id, lang),
        "consents": [
            (_moment(one.at), f"{CONSENTS[kind].in_(lang)}: {'✓' if one.given else '✕'} ({one.version})")
            for kind, one in given.items()
        ],
        "looks": looks(party_id, scope=Scope.operator(), lang=lang),
    }


def _particulars(given: Mapping[str, Any], lang: str) -> Rows:
    label = {
        "names": Text("姓名", "Name"), "addresses": Text("通信地址", "Address"), "phones": Text("电话", "Phone"),
        "documents": Text("证件", "Document"), "agents": Text("代办人", "Agent"),
    }  # fmt: skip
    rows = [
        (label[name].in_(lang), value) for name in ("names", "phones", "addresses") for value in given[name]
    ]
    rows += [(label["documents"].in_(lang), one["number"]) for one in given["documents"]]
    return rows + [(label["agents"].in_(lang), f"{one['name']} {one['number']}") for one in given["agents"]]


def _business(known: Customer360, lang: str) -> dict[str, Rows]:
    return {
        "services": [
            (one.account_name, f"{one.name.in_(lang)} · {one.address.in_(lang)} · {_until(one.expires_at)}")
            for one in known.services
        ],
        "orders": [
            (_moment(one.accepted_at), f"{one.name.in_(lang)} · ¥{one.amount.text} {one.serial}")
            for one in known.orders
        ],
        "receipts": [
            (_moment(one.issued_at), f"{one.number} · ¥{one.amount.text}") for one in known.receipts
        ],
    }


def _goods(party_id: int, lang: str) -> Rows:
    """Handsets by serial, bills of others by the number they were paid for, third-party services by line (CAT-11)."""
    told = []
    for row in fetch_all(_GOODS, {"party": party_id, "limit": MOST}):
        mark, over = _MARKS[row["kind"]]
        words = [Text(row["name_zh"], row["name_en"]).in_(lang), f"{mark.in_(lang)} {row['mark']}"]
        if row["until"]:
            words.append(_until(row["until"]))
        if row["ended"]:
            words.append(f"{over.in_(lang)} {_moment(row['ended'])}")
        told.append((_moment(row["at"]), " · ".join(words)))
    return told


def _moment(at: Any) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"


def _until(at: Any) -> str:
    return f"{local(at):%Y-%m-%d}" if at else "—"
