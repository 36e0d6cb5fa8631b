"""What readings may see of the orders room."""

from django.db import migrations

VIEWS = """
create view pub_orders_basket as
    select b.id, b.hall_id, b.counter_id, b.party_id, b.by_id, b.state, b.opened_at, b.settled_at, b.settled_by_id,
        b.settled_fen,
        extract(epoch from b.settled_at - b.opened_at)
            - coalesce((select sum(extract(epoch from h.resumed_at - h.held_at)) from orders_baskethold h
                        where h.basket_id = b.id and h.resumed_at is not null), 0) as handling_seconds
    from orders_basket b;
create view pub_orders_item as
    select id, basket_id, line, kind, offering, name_zh, name_en, quantity, amount_fen, dwelling_id, subscription
    from orders_basketitem;
create view pub_orders_order as
    select o.id, o.hall_id, o.basket_id, o.line, o.kind, o.offering, o.price_version, o.name_zh, o.name_en, o.quantity,
        o.amount_fen, o.revenue_account, o.party_id, o.dwelling_id, o.subscription, o.serial, o.policy_version,
        o.accepted_at, o.by_id, c.at as completed_at, a.at as archived_at, v.at as void_at, v.reason as void_reason,
        case when v.order_id is not null then 'void' when a.order_id is not null then 'archived'
             when c.order_id is not null then 'completed' else 'accepted' end as state
    from orders_serviceorder o
    left join orders_ordercompletion c on c.order_id = o.id
    left join orders_orderarchive a on a.order_id = o.id
    left join orders_ordervoid v on v.order_id = o.id;
create view pub_orders_signature as
    select basket_id, method, at, by_id from orders_signature;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_functions")]

    operations = [
        migrations.RunSQL(
            VIEWS, "drop view pub_orders_basket, pub_orders_item, pub_orders_order, pub_orders_signature"
        ),
    ]
