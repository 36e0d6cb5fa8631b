"""Sessions by the moment they were granted: the sweep for those that outlive it reads no others (NET-01)."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("provisioning", "0006_obedience")]

    operations = [
        migrations.RunSQL(
            "create index concurrently if not exists session_by_grant on access.session (granted_until)",
            "drop index concurrently if exists access.session_by_grant",
        ),
    ]
