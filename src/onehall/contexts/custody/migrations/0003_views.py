"""What custody publishes to readings."""

from django.db import migrations

VIEWS = {
    "pub_custody_drawer": """
        select d.id, d.hall_id, d.counter_id, d.by_id, d.opened_at, d.closed_at, d.expected_float, d.opening_float,
               d.remark
        from custody_drawersession d
    """,
    "pub_custody_entry": """
        select e.id, e.drawer_id, d.hall_id, d.counter_id, d.by_id, e.kind, e.means, e.received, e.given, e.amount,
               e.payment_id, e.reason, e.at
        from custody_drawerentry e join custody_drawersession d on d.id = e.drawer_id
    """,
}


class Migration(migrations.Migration):
    dependencies = [("custody", "0002_functions")]

    operations = [
        migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
        for name, query in VIEWS.items()
    ]
