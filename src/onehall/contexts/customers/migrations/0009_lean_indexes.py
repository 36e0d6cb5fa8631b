"""Indexes that no question asks for: each cost every sale a write. A fresh database never makes most of them."""

from django.db import migrations

NEVER_ASKED = (
    "customers_party_registered_hall_id_a0c03d27",
    "customers_party_by_id_82648c9b",
    "customers_premises_by_id_10978cff",
)


class Migration(migrations.Migration):
    dependencies = [("customers", "0008_privacy")]

    operations = [
        migrations.RunSQL(f"drop index if exists {name}", migrations.RunSQL.noop) for name in NEVER_ASKED
    ]
