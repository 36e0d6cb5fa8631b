"""Delivery reports: the states they bring, the steps of a notice, whose it is and in which language it was said."""

import django.contrib.postgres.operations
import django.db.models.deletion
from django.db import migrations, models

_STATES = ["waiting", "sent", "delivered", "failed", "refused", "late", "told"]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AddField("notice", "hall_id", models.BigIntegerField(null=True)),
        migrations.AddField("notice", "party_id", models.BigIntegerField(null=True)),
        migrations.AddField("notice", "language", models.CharField(db_default="zh", max_length=2)),
        migrations.AddField("notice", "turn", models.PositiveSmallIntegerField(db_default=1)),
        migrations.RemoveConstraint("notice", "notice_state"),
        django.contrib.postgres.operations.AddConstraintNotValid(
            "notice",
            models.CheckConstraint(condition=models.Q(("state__in", _STATES)), name="notice_state_known"),
        ),
        django.contrib.postgres.operations.ValidateConstraint("notice", "notice_state_known"),
        django.contrib.postgres.operations.AddIndexConcurrently(
            "notice", models.Index(fields=["party_id", "-id"], name="notice_of_party")
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            "notice",
            models.Index(
                condition=models.Q(("state__in", ["failed", "refused"])),
                fields=["hall_id", "id"],
                name="notice_undelivered",
            ),
        ),
        migrations.CreateModel(
            name="NoticeStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.UUIDField()),
                ("turn", models.PositiveSmallIntegerField()),
                ("state", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("heard_at", models.DateTimeField()),
                ("why", models.CharField(default="", max_length=200)),
                ("by_id", models.BigIntegerField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.notice"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["notice", "id"], name="notice_steps")],
                "constraints": [
                    models.UniqueConstraint(fields=("message_id", "state"), name="notice_step_once")
                ],
            },
        ),
    ]
