"""Recharge cards: a means more with a longer name, and its way. The view is made anew around the longer column."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

PROVIDERS = models.CheckConstraint(
    condition=models.Q(provider__in=["wechat", "alipay", "card", "transfer", "recharge_card"]),
    name="charge_provider",
)
WAYS = models.CheckConstraint(
    condition=models.Q(way__in=["scanned", "shown", "terminal", "slip", "record", "redeemed"]),
    name="charge_way",
)
VIEW = """
    create view pub_acquiring_charge as
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
"""
DROP = "drop view pub_acquiring_charge"


class Migration(migrations.Migration):
    dependencies = [("acquiring", "0181_transfers")]

    operations = [
        migrations.RunSQL(DROP, VIEW),
        migrations.AlterField("charge", "provider", models.CharField(max_length=20)),
        migrations.RunSQL(VIEW, DROP),
        migrations.RemoveConstraint("charge", "charge_provider"),
        AddConstraintNotValid("charge", PROVIDERS),
        ValidateConstraint("charge", "charge_provider"),
        migrations.RemoveConstraint("charge", "charge_way"),
        AddConstraintNotValid("charge", WAYS),
        ValidateConstraint("charge", "charge_way"),
    ]
