"""What readings see of paper forms, and no handling time where nobody was handled at the counter (ORD-11, CON-03)."""

from django.db import migrations

BASKET = """
create or replace view pub_orders_basket as
    select b.id, b.hall_id, b.counter_id, b.party_id, b.by_id, b.state, b.opened_at, b.settled_at, b.settled_by_id,
        b.settled_fen,
        {measured}
        extract(epoch from b.settled_at - b.opened_at)
            - coalesce((select sum(extract(epoch from h.resumed_at - h.held_at)) from orders_baskethold h
                        where h.basket_id = b.id and h.resumed_at is not null), 0) {end} as handling_seconds
    from orders_basket b;
"""
NOW = BASKET.format(
    measured="case when not exists (select 1 from orders_paperentry e where e.basket_id = b.id) then",
    end="end",
)
BEFORE = BASKET.format(measured="", end="")
PAPER = """
create view pub_orders_paper as
    select basket_id, hall_id, number, written_at, written_by_id, incident, hand_receipt, typed_at, typed_by_id,
        withdrawn_at
    from orders_paperentry
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_paper")]

    operations = [
        migrations.RunSQL(NOW, BEFORE),
        migrations.RunSQL(PAPER, "drop view pub_orders_paper"),
    ]
