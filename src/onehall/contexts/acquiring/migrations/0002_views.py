"""What acquiring publishes to readings: no code of a customer, no word of who they are."""

from django.db import migrations

VIEWS = {
    "pub_acquiring_charge": """
        select c.id, c.hall_id, c.counter_id, c.by_id, c.basket_id, c.provider as means, c.way, c.number, c.amount, c.asked_at,
               e.state, e.at as changed_at, coalesce(s.transaction, '') as transaction, s.paid_at, u.payment_id,
               s.id is not null and g.id is null and (u.payment_id is null or exists (
                   select from acquiring_chargeevent r where r.charge_id = c.id and r.state = 'refunding')) as unsold
        from acquiring_charge c
        join lateral (
            select state, at from acquiring_chargeevent where charge_id = c.id order by id desc limit 1) e on true
        left join acquiring_chargeevent s on s.charge_id = c.id and s.state = 'succeeded'
        left join acquiring_chargeevent g on g.charge_id = c.id and g.state = 'refunded'
        left join acquiring_chargeuse u on u.charge_id = c.id
    """,
}


class Migration(migrations.Migration):
    dependencies = [("acquiring", "0001_initial")]

    operations = [
        migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
        for name, query in VIEWS.items()
    ]
