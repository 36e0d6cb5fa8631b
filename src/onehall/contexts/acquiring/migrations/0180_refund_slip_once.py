"""A slip is on record once in the province, whether it charged a card or gave it its money back (PAY-03)."""

from django.db import migrations, models

CONDITION = models.Q(state__in=["succeeded", "refunded"]) & ~models.Q(transaction="")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("acquiring", "0140_cards")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "create unique index concurrently if not exists slip_once on acquiring_chargeevent (transaction)"
                    " where state in ('succeeded', 'refunded') and transaction <> ''",
                    "drop index concurrently if exists slip_once",
                ),
                migrations.RunSQL(
                    "drop index concurrently if exists transaction_once",
                    "create unique index concurrently if not exists transaction_once on acquiring_chargeevent (transaction)"
                    " where state = 'succeeded'",
                ),
            ],
            state_operations=[
                migrations.RemoveConstraint("chargeevent", "transaction_once"),
                migrations.AddConstraint(
                    "chargeevent",
                    models.UniqueConstraint(fields=["transaction"], condition=CONDITION, name="slip_once"),
                ),
            ],
        ),
    ]
