"""What readings may see of the subscriptions room."""

from django.db import migrations

VIEWS = """
create view pub_subscriptions_term as
    select id, subscription_id, starts_at, expires_at, months, offering, price_version, price_fen, order_id, paid_at,
        cancelled_at
    from subscriptions_term;
create view pub_subscriptions_subscription as
    select s.id, s.party_id, s.dwelling_id, s.kind, s.account_name, s.serial, s.order_id, s.opened_at, s.ended_at,
        t.starts_at as first_start, l.expires_at, l.offering, l.months,
        (select e.effective_at from subscriptions_ending e
         where e.subscription_id = s.id
           and not exists (select 1 from subscriptions_endingwithdrawal w where w.ending_id = e.id)
         order by e.id desc limit 1) as ending_at
    from subscriptions_subscription s
    left join lateral (
        select starts_at from subscriptions_term where subscription_id = s.id and cancelled_at is null
        order by starts_at limit 1) t on true
    left join lateral (
        select expires_at, offering, months from subscriptions_term where subscription_id = s.id and cancelled_at is null
        order by expires_at desc limit 1) l on true;
create view pub_subscriptions_points as
    select id, subscription_id, dwelling_id, kind, quantity, order_id, at from subscriptions_pointaddition
    where void_at is null;
"""


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0002_functions")]

    operations = [
        migrations.RunSQL(
            VIEWS,
            "drop view pub_subscriptions_subscription, pub_subscriptions_term, pub_subscriptions_points",
        ),
    ]
