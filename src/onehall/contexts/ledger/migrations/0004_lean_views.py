"""Views for readings over all of the books: no join that such a reading does not ask for."""

from django.db import migrations

VIEWS = {
    "pub_ledger_batch": "select id, hall_id, kind, at from ledger_batch",
    "pub_ledger_leg": """
        select g.batch_id, a.code as account, a.means, g.amount
        from ledger_posting g join ledger_account a on a.id = g.account_id
    """,
    "pub_ledger_taken": """
        select t.payment_id, t.means, t.amount, t.tendered, t.change, p.hall_id, p.counter_id, p.by_id, p.batch_id
        from ledger_tender t join ledger_payment p on p.id = t.payment_id
    """,
}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_views")]

    operations = [
        migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
        for name, query in VIEWS.items()
    ]
