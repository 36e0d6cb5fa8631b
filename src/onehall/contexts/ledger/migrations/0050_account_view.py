"""Accounts with their names, for reports that an accountant reads."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_lean_indexes")]

    operations = [
        migrations.RunSQL(
            "create view pub_ledger_account as select id, code, name_zh, name_en, kind, means from ledger_account",
            "drop view pub_ledger_account",
        ),
    ]
