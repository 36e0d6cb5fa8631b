"""Indexes that no question asks for: each cost every sale a write. A fresh database never makes most of them."""

from django.db import migrations

NEVER_ASKED = (
    "orders_basket_hall_id_b8bb353b",
    "orders_basket_counter_id_d3e35254",
    "orders_basket_by_id_7002f7b0",
    "orders_basket_settled_by_id_013fb1d7",
    "orders_baskethold_by_id_314a218d",
    "orders_basketitem_by_id_18487bd5",
    "orders_serviceorder_hall_id_ce9d9f4c",
    "orders_serviceorder_by_id_d8062f17",
    "orders_orderarchive_by_id_2e48adf6",
    "orders_ordercompletion_by_id_4703ab7d",
    "orders_ordervoid_by_id_6d02434b",
    "orders_signature_by_id_c89e6320",
)


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_checking")]

    operations = [
        migrations.RunSQL(f"drop index if exists {name}", migrations.RunSQL.noop) for name in NEVER_ASKED
    ]
