"""Indexes that no question asks for: each cost every sale a write. A fresh database never makes most of them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0006_changes")]

    operations = [
        migrations.RunSQL(f"drop index if exists subscriptions_{name}", migrations.RunSQL.noop)
        for name in (
            "subscription_by_id_1c0ef78f",
            "term_cancelled_by_id_7d29348d",
            "subscription_serial_1219fe5c_like",
        )
    ]
