"""The span of a paid basket says its counter: nobody was served where no clerk sits, so that time is not measured (ORD-11)."""

from django.db import migrations

WITH_COUNTER = """
create or replace view pub_orders_span as
    select id, opened_at, settled_at, hall_id, counter_id from orders_basket where settled_at is not null
"""
WITHOUT = """
drop view pub_orders_span;
create view pub_orders_span as select id, opened_at, settled_at, hall_id from orders_basket where settled_at is not null
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0240_lean_baskets")]

    operations = [migrations.RunSQL(WITH_COUNTER, WITHOUT)]
