"""宽带用户登记: the register of subscribers in the columns that halls keep, so that it can be read back (ORD-06, API-03)."""

from onehall.foundation.documents.columns import day, money, personal, text
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_BROADBAND = """
    select s.serial, s.account_name, '' as secret, c.name as compound, p.name, s.party_id,
           c.name || split_part(n.path, '/', 2) || '#-' || split_part(n.path, '/', 3) || '-'
               || split_part(n.path, '/', 4) as address,
           w.installer, coalesce(o.name_zh, t.offering) as product, t.price_fen, t.starts_at, t.expires_at, '' as remark
    from pub_subscriptions_subscription s
    join pub_customers_party p on p.id = s.party_id
    join pub_customers_premises n on n.id = s.dwelling_id
    left join pub_customers_premises c on c.path = split_part(n.path, '/', 1)
    left join lateral (
        select offering, price_fen, starts_at, expires_at from pub_subscriptions_term
        where subscription_id = s.id and cancelled_at is null order by expires_at desc limit 1) t on true
    left join lateral (
        select name_zh from pub_catalogue_offering where code = t.offering order by valid_from desc limit 1) o on true
    left join lateral (
        select i.name as installer from pub_fieldwork_work_order k
        join pub_organisation_person i on i.user_id = k.installer_id
        where k.subscription_id = s.id and k.kind = 'installation' and k.withdrawn_at is null
        order by k.id desc limit 1) w on true
    where s.kind = 'broadband' and s.ended_at is null
      and (%(compounds)s::text[] is null or split_part(n.path, '/', 1) = any(%(compounds)s))
      and (%(start)s::timestamptz is null or s.opened_at >= %(start)s)
      and (%(end)s::timestamptz is null or s.opened_at < %(end)s)
    order by s.id
"""

LISTS = (
    Listed(
        "broadband",
        Text("宽带用户登记", "Broadband register"),
        "customer.search",
        (
            text("流水号", "Serial", "serial", 16),
            text("用户账号", "Account", "account_name"),
            text("用户密码", "Password", "secret", 10),
            text("所属项目", "Compound", "compound"),
            text("真实姓名", "Name", "name"),
            personal("证件号码", "ID number", "document"),
            personal("手机号码", "Telephone", "phone"),
            text("联系地址", "Address", "address", 24),
            text("装机人员", "Installer", "installer"),
            text("选择产品", "Product", "product", 18),
            money("预存金额", "Amount paid", "price_fen"),
            day("开始时间", "Starts", "starts_at"),
            day("到期时间", "Expires", "expires_at"),
            text("备注", "Remark", "remark"),
        ),
        _BROADBAND,
        Text("登记日期", "day of registration"),
    ),
)
