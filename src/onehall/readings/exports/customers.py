"""Customers, and what they ordered."""

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import within
from onehall.foundation.documents.columns import day, moment, money, named, personal, text, worded
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_KINDS = {"individual": Text("个人", "person"), "organisation": Text("单位", "organisation")}
_STATES = {
    "accepted": Text("已受理", "accepted"),
    "completed": Text("已完工", "completed"),
    "archived": Text("已归档", "archived"),
    "void": Text("已作废", "void"),
}

_CUSTOMERS = f"""
    select p.id, p.id as party_id, p.name, p.kind, h.name_zh as hall_zh, h.name_en as hall_en, p.registered_at,
           (select count(*) from pub_subscriptions_subscription s where s.party_id = p.id and s.ended_at is null) as lines
    from pub_customers_party p join pub_organisation_hall h on h.id = p.registered_hall_id
    where {within("p.registered_hall_id", "p.registered_at")}
    order by p.id
"""  # noqa: S608 - constant text

_ACCOUNTS = f"""
    select p.id, p.name, p.kind, nullif(v.level, 'none') as level, v.until,
           u.name as supervisor, p.registered_at, h.name_zh as hall_zh, h.name_en as hall_en,
           (select count(*) from pub_customers_authorised a where a.party_id = p.id and a.ended_at is null) as contacts
    from pub_customers_party p join pub_organisation_hall h on h.id = p.registered_hall_id
    left join pub_customers_vip v on v.party_id = p.id
    left join pub_customers_supervision k on k.party_id = p.id
    left join pub_organisation_person u on u.user_id = k.supervisor_id
    where (p.kind = 'organisation' or v.level <> 'none')
      and {within("p.registered_hall_id", "p.registered_at")}
    order by p.id
"""  # noqa: S608 - constant text

_ORDERS = f"""
    select o.serial, o.accepted_at, o.name_zh as business_zh, o.name_en as business_en, o.quantity, o.amount_fen, p.name,
           n.label as address, o.state, o.void_reason, u.name as clerk, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_orders_order o
    join pub_organisation_hall h on h.id = o.hall_id
    join pub_customers_party p on p.id = o.party_id
    left join pub_customers_premises n on n.id = o.dwelling_id
    left join pub_organisation_person u on u.user_id = o.by_id
    where {within("o.hall_id", "o.accepted_at")}
    order by o.id
"""  # noqa: S608 - constant text

_RETENTION = f"""
    select r.at, s.account_name, r.reason, r.words, r.offer, r.outcome, u.name as clerk, h.name_zh as hall_zh,
           h.name_en as hall_en
    from pub_subscriptions_retention r
    join pub_subscriptions_line s on s.id = r.subscription_id
    join pub_organisation_hall h on h.id = r.hall_id
    left join pub_organisation_person u on u.user_id = r.by_id
    where {within("r.hall_id", "r.at")}
    order by r.id
"""  # noqa: S608 - constant text

LISTS = (
    Listed(
        "key-accounts",
        Text("大客户", "Key accounts"),
        "account.view",
        (
            text("客户编号", "Customer", "id", 10),
            text("名称", "Name", "name", 24),
            worded("类别", "Kind", "kind", _KINDS),
            worded("级别", "Level", "level", customers.LEVELS),
            day("级别到", "Level until", "until"),
            text("客户经理", "Supervisor", "supervisor"),
            text("授权联系人", "Contacts", "contacts", 10),
            named("登记营业厅", "Registered in", "hall"),
        ),
        _ACCOUNTS,
        Text("登记日期", "day of registration"),
    ),
    Listed(
        "customers",
        Text("客户", "Customers"),
        "customer.search",
        (
            text("客户编号", "Customer", "id", 10),
            text("姓名", "Name", "name"),
            worded("类别", "Kind", "kind", _KINDS),
            personal("证件号码", "ID number", "document"),
            personal("手机号码", "Telephone", "phone"),
            named("登记营业厅", "Registered in", "hall"),
            moment("登记时间", "Registered", "registered_at"),
            text("在用业务", "Live services", "lines", 10),
        ),
        _CUSTOMERS,
        Text("登记日期", "day of registration"),
    ),
    Listed(
        "orders",
        Text("业务受理", "Orders"),
        "board.view",
        (
            text("流水号", "Serial", "serial", 16),
            moment("受理时间", "Accepted", "accepted_at"),
            named("业务", "Service", "business"),
            text("数量", "Quantity", "quantity", 8),
            money("金额", "Amount", "amount_fen"),
            text("客户姓名", "Customer", "name"),
            text("地址", "Address", "address", 26),
            worded("状态", "State", "state", _STATES),
            text("作废原因", "Reason of the void", "void_reason"),
            text("受理人", "Clerk", "clerk"),
            named("营业厅", "Hall", "hall"),
        ),
        _ORDERS,
        Text("受理日期", "day of acceptance"),
    ),
    Listed(
        "retention",
        Text("流失与挽留", "Customers lost and why"),
        "board.view",
        (
            moment("时间", "When", "at"),
            text("用户账号", "Account", "account_name"),
            worded("原因", "Reason", "reason", subscriptions.CAUSES),
            text("客户怎么说", "In the customer's words", "words", 30),
            text("提了什么办法", "What was offered", "offer", 30),
            worded("结果", "Outcome", "outcome", subscriptions.OUTCOMES),
            text("经办", "By", "clerk"),
            named("营业厅", "Hall", "hall"),
        ),
        _RETENTION,
        Text("谈话日期", "day of the talk"),
    ),
)
