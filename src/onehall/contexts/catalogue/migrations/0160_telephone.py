"""Telephone parts of offerings (CAT-03 … CAT-07)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_views"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferingTelephone",
            fields=[
                (
                    "offering",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalogue.offering",
                    ),
                ),
                ("plan", models.CharField(max_length=60)),
                ("monthly_credit", models.BigIntegerField()),
                ("annual_credit", models.BigIntegerField()),
                ("bundled", models.BooleanField()),
                ("half_month", models.BooleanField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("annual_credit__gte", 0), ("monthly_credit__gte", 0)),
                        name="telephone_credit_not_negative",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offeringtelephone",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="862c73fd1163a516a5d748ce31c09ad2fda7f585",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6e9d3",
                    table="catalogue_offeringtelephone",
                    when="BEFORE",
                ),
            ),
        ),
    ]
