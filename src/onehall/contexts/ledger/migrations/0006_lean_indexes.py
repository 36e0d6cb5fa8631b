"""Indexes that no question asks for: each cost every sale a write. A fresh database never makes most of them."""

from django.db import migrations

NEVER_ASKED = (
    "ledger_batch_hall_id_a35d5b71",
    "ledger_posting_account_id_964f801d",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_balance_by_statement")]

    operations = [
        migrations.RunSQL(f"drop index if exists {name}", migrations.RunSQL.noop) for name in NEVER_ASKED
    ]
