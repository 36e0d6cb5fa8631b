"""What goods publishes to readings."""

from django.db import migrations

VIEWS = {
    "pub_goods_principal": "select id, code, name_zh, name_en, account from goods_principal",
    "pub_goods_collected": """
        select c.id, c.hall_id, c.order_id, p.code as principal, p.account, c.reference, c.amount, c.at, c.given_back_at, c.settlement_id
        from goods_collected c join goods_principal p on p.id = c.principal_id
    """,
    "pub_goods_settlement": """
        select s.id, s.hall_id, p.code as principal, p.account, s.month, s.amount, s.transfer, s.by_id, s.at
        from goods_settlement s join goods_principal p on p.id = s.principal_id
    """,
    "pub_goods_handset": "select id, hall_id, order_id, offering, serial, sold_at, returned_at from goods_handset",
    "pub_goods_add_on": "select id, hall_id, order_id, subscription_id, offering, starts_at, ends_at, ended_at from goods_addon",
}


class Migration(migrations.Migration):
    dependencies = [("goods", "0001_initial")]

    operations = [
        migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
        for name, query in VIEWS.items()
    ]
