"""Indexes that no question asks for: each cost every sale a write. A fresh database never makes most of them."""

from django.db import migrations

NEVER_ASKED = (
    "subscriptions_subscription_by_id_1c0ef78f",
    "subscriptions_term_cancelled_by_id_7d29348d",
    "subscriptions_subscription_serial_1219fe5c_like",
)


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0006_changes")]

    operations = [
        migrations.RunSQL(f"drop index if exists {name}", migrations.RunSQL.noop) for name in NEVER_ASKED
    ]
