"""What the ledger publishes to readings. No view shows who the payer was."""

from django.db import migrations

VIEWS = {
    "pub_ledger_payment": """
        select p.id, p.hall_id, p.counter_id, p.by_id, p.basket_id, p.party_id, p.batch_id, p.at, p.amount,
               p.policy_version, r.id as reversal_id, r.batch_id as reversal_batch_id, r.at as reversed_at,
               r.by_id as reversed_by_id
        from ledger_payment p left join ledger_reversal r on r.payment_id = p.id
    """,
    "pub_ledger_tender": """
        select t.payment_id, p.hall_id, t.means, t.amount, t.tendered, t.change
        from ledger_tender t join ledger_payment p on p.id = t.payment_id
    """,
    "pub_ledger_receipt": """
        select r.id, r.hall_id, r.payment_id, r.turn, r.kind, r.number, r.book_id, r.amount, r.copies, r.by_id,
               r.issued_at, v.at as voided_at, coalesce(v.reason, '') as void_reason
        from ledger_receipt r left join ledger_receiptvoid v on v.receipt_id = r.id
    """,
    "pub_ledger_posting": """
        select g.id, g.batch_id, b.hall_id, b.kind as batch_kind, b.at, a.code as account, a.kind as account_kind,
               a.means, g.amount
        from ledger_posting g
        join ledger_batch b on b.id = g.batch_id
        join ledger_account a on a.id = g.account_id
    """,
}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_functions")]

    operations = [
        migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
        for name, query in VIEWS.items()
    ]
