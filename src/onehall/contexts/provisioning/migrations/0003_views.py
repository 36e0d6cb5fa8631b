"""What readings may see of the provisioning room: never a secret (LAW-03)."""

from django.db import migrations

VIEWS = """
create view pub_provisioning_access as
    select b.account, b.subscription_id, b.must_change, b.valid_from, b.valid_until, b.down_kbps, b.up_kbps,
        b.network_profile, b.state, b.updated_at,
        exists (select 1 from provisioning_command c where c.account = b.account and c.done_at is null) as pending
    from access.broadband b;
create view pub_provisioning_command as
    select id, kind, account, created_at, attempts, next_attempt_at, last_error, done_at from provisioning_command;
"""


class Migration(migrations.Migration):
    dependencies = [("provisioning", "0002_functions")]

    operations = [
        migrations.RunSQL(VIEWS, "drop view pub_provisioning_access, pub_provisioning_command"),
    ]
