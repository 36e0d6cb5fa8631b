"""What balances publishes to readings."""

from django.db import migrations

VIEWS = {
    "pub_balances_balance": "select b.id, b.party_id, b.amount from balances_balance b",
    "pub_balances_movement": """
        select m.id, b.party_id, m.balance_id, m.kind, m.reference, m.amount, m.hall_id, m.by_id, m.at
        from balances_movement m join balances_balance b on b.id = m.balance_id
    """,
}


class Migration(migrations.Migration):
    dependencies = [("balances", "0001_initial")]

    operations = [
        migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
        for name, query in VIEWS.items()
    ]
