"""Where a hall serves customers without anybody, and who is the clerk there (decision 0063)."""

import django.db.models.deletion
from django.db import migrations, models

import onehall.foundation.database.refs


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0005_screen_lock"),
        ("organisation", "0050_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="OnlineCounter",
            fields=[
                (
                    "counter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="online",
                        serialize=False,
                        to="organisation.counter",
                    ),
                ),
                (
                    "clerk",
                    onehall.foundation.database.refs.RoomRef(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.user",
                        unique=True,
                    ),
                ),
                (
                    "hall",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.hall"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "create view pub_organisation_online_counter as select counter_id, hall_id, clerk_id from organisation_onlinecounter",
            "drop view pub_organisation_online_counter",
        ),
    ]
