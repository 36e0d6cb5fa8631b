"""What custody publishes of notes that were refused as false."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("custody", "0060_refused_notes")]

    operations = [
        migrations.RunSQL(
            "create view pub_custody_refused_note as"
            " select id, hall_id, counter_id, piece, pieces, mark, by_id, at from custody_refusednote",
            "drop view pub_custody_refused_note",
        )
    ]
