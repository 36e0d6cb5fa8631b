"""In which language a customer wants to be written to."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import onehall.foundation.database.refs


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0050_standing"),
        ("identity", "0005_screen_lock"),
        ("organisation", "0050_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="LanguageChosen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    onehall.foundation.database.refs.RoomRef(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.user"
                    ),
                ),
                (
                    "hall",
                    onehall.foundation.database.refs.RoomRef(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.hall"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.party"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["party", "-id"], name="language_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["zh", "en"])), name="language_chosen_known"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="languagechosen",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="47e716d3b9f5808ad7c5585b1875b3c8a433b26f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_91e19",
                    table="customers_languagechosen",
                    when="BEFORE",
                ),
            ),
        ),
    ]
