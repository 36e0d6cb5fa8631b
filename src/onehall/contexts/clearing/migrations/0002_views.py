"""What clearing publishes to readings."""

from django.db import migrations

VIEWS = {
    "pub_clearing_movement": """
        select m.id, m.hall_id, b.provider as means, b.day, m.why, m.amount, m.at
        from clearing_movement m join clearing_bill b on b.id = m.bill_id
    """,
    "pub_clearing_row": """
        select r.id, r.hall_id, b.provider as means, b.day, r.kind, r.number, r.transaction, r.amount, r.fee, r.at
        from clearing_billrow r join clearing_bill b on b.id = r.bill_id
    """,
    "pub_clearing_difference": """
        select d.id, d.hall_id, b.provider as means, b.day, b.at as found_at, d.verdict, d.kind, d.number, d.ours, d.theirs,
               s.at as settled_at, s.by_id as settled_by_id, s.reason, s.booked
        from clearing_difference d join clearing_bill b on b.id = d.bill_id
        left join clearing_settling s on s.difference_id = d.id
    """,
}


class Migration(migrations.Migration):
    dependencies = [("clearing", "0001_initial")]

    operations = [
        migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
        for name, query in VIEWS.items()
    ]
