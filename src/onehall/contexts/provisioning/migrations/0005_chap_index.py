"""Accounts whose clear password is kept are few, and the RADIUS server's runner looks every second whether one has changed."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("provisioning", "0005_accounting")]

    operations = [
        migrations.RunSQL(
            "create index concurrently if not exists broadband_with_clear_secret on access.broadband (updated_at)"
            " where clear_secret is not null",
            "drop index access.broadband_with_clear_secret",
        )
    ]
