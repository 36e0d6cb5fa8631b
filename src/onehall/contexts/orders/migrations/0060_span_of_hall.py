"""The span of a paid basket says its hall: the board measures handling times without asking the orders (ORD-11)."""

from django.db import migrations

WITH_HALL = """
create or replace view pub_orders_span as
    select id, opened_at, settled_at, hall_id from orders_basket where settled_at is not null
"""
WITHOUT = """
drop view pub_orders_span;
create view pub_orders_span as select id, opened_at, settled_at from orders_basket where settled_at is not null
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0050_signed_forms")]

    operations = [migrations.RunSQL(WITH_HALL, WITHOUT)]
