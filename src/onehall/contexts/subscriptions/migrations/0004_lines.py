"""Lines as they are, without what must be looked up for each: readings over all of them join it in one pass."""

from django.db import migrations

VIEW = """
create view pub_subscriptions_line as
    select id, party_id, dwelling_id, kind, account_name, serial, order_id, opened_at, ended_at
    from subscriptions_subscription;
"""


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0003_views")]

    operations = [migrations.RunSQL(VIEW, "drop view pub_subscriptions_line")]
