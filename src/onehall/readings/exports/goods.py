"""Money and goods of others: what was collected for whom, what was paid over, handsets by serial, third-party services (CAT-11)."""

from onehall.foundation.database import within
from onehall.foundation.documents.columns import moment, money, named, text
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_COLLECTED = f"""
    select c.at, p.name_zh as principal_zh, p.name_en as principal_en, c.account, c.reference, c.amount, c.given_back_at,
           s.at as settled_at, r.number as receipt, u.name as clerk, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_goods_collected c join pub_goods_principal p on p.code = c.principal
    join pub_organisation_hall h on h.id = c.hall_id join pub_orders_order o on o.id = c.order_id
    left join pub_goods_settlement s on s.id = c.settlement_id
    left join pub_ledger_payment y on y.basket_id = o.basket_id
    left join pub_organisation_person u on u.user_id = y.by_id
    left join lateral (select max(number) as number from pub_ledger_receipt where payment_id = y.id) r on true
    where {within("c.hall_id", "c.at")}
    order by c.id
"""  # noqa: S608 - constant text
_SETTLED = f"""
    select s.at, p.name_zh as principal_zh, p.name_en as principal_en, s.account, to_char(s.month, 'YYYY-MM') as month, s.amount,
           s.transfer, u.name as person, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_goods_settlement s join pub_goods_principal p on p.code = s.principal
    join pub_organisation_hall h on h.id = s.hall_id left join pub_organisation_person u on u.user_id = s.by_id
    where {within("s.hall_id", "s.at")}
    order by s.id
"""  # noqa: S608 - constant text
_HANDSETS = f"""
    select d.sold_at, o.name_zh as name_zh, o.name_en as name_en, d.serial, o.amount_fen as amount, d.returned_at,
           h.name_zh as hall_zh, h.name_en as hall_en
    from pub_goods_handset d join pub_orders_order o on o.id = d.order_id join pub_organisation_hall h on h.id = d.hall_id
    where {within("d.hall_id", "d.sold_at")}
    order by d.id
"""  # noqa: S608 - constant text
_SERVICES = f"""
    select a.starts_at, a.ends_at, a.ended_at, o.name_zh as name_zh, o.name_en as name_en, l.account_name as line, o.amount_fen as amount,
           h.name_zh as hall_zh, h.name_en as hall_en
    from pub_goods_add_on a join pub_orders_order o on o.id = a.order_id
    join pub_subscriptions_line l on l.id = a.subscription_id join pub_organisation_hall h on h.id = a.hall_id
    where {within("a.hall_id", "a.starts_at")}
    order by a.id
"""  # noqa: S608 - constant text
_HALL = named("营业厅", "Hall", "hall")
_WHOM = named("委托单位", "Principal", "principal")

LISTS = (
    Listed(
        "collected", Text("代收登记", "Collected for others"), "principal.view",
        (
            moment("时间", "When", "at"), _WHOM, text("科目", "Account", "account", 10), text("户号", "Number", "reference", 20),
            money("金额", "Amount", "amount"), moment("退回时间", "Given back", "given_back_at"), moment("结算时间", "Paid over", "settled_at"),
            text("收据", "Receipt", "receipt", 14), text("营业员", "Clerk", "clerk"), _HALL,
        ),
        _COLLECTED, Text("收款日期", "day of the payment"),
    ),
    Listed(
        "settlements", Text("代收结算登记", "Settlements with principals"), "principal.view",
        (
            moment("时间", "When", "at"), _WHOM, text("科目", "Account", "account", 10), text("结算月份", "Month", "month", 10),
            money("金额", "Amount", "amount"), text("转账凭证号", "Bank's reference", "transfer", 20), text("办理人", "By", "person"), _HALL,
        ),
        _SETTLED, Text("结算日期", "day of the settlement"),
    ),
    Listed(
        "handsets", Text("手机销售登记", "Handsets sold"), "principal.view",
        (
            moment("售出", "Sold", "sold_at"), named("手机", "Handset", "name"), text("串号", "Serial", "serial", 20),
            money("金额", "Amount", "amount"), moment("退回", "Given back", "returned_at"), _HALL,
        ),
        _HANDSETS, Text("售出日期", "day of the sale"),
    ),
    Listed(
        "services", Text("增值业务登记", "Third-party services"), "principal.view",
        (
            moment("开始", "From", "starts_at"), moment("到期", "Until", "ends_at"), moment("退订", "Cancelled", "ended_at"),
            named("增值业务", "Service", "name"), text("账号", "Line", "line", 16), money("金额", "Amount", "amount"), _HALL,
        ),
        _SERVICES, Text("开始日期", "first day"),
    ),
)  # fmt: skip
