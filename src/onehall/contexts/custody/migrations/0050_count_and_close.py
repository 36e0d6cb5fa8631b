"""A drawer is counted blind, handed in and confirmed by somebody else (CSH-01, CSH-03, LAW-40)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

import onehall.foundation.database.refs


class Migration(migrations.Migration):
    dependencies = [
        ("custody", "0003_views"),
        ("identity", "0005_screen_lock"),
        ("organisation", "0004_token_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="DrawerCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField()),
                ("counted", models.JSONField()),
                ("amount", models.BigIntegerField()),
                ("expected", models.BigIntegerField()),
                ("upto", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="DrawerStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("difference", models.BigIntegerField()),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="drawersession",
            name="confirmed_by",
            field=onehall.foundation.database.refs.RoomRef(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.user",
            ),
        ),
        migrations.AddField(
            model_name="drawersession",
            name="handed_in_at",
            field=models.DateTimeField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="drawersession",
            trigger=pgtrigger.compiler.Trigger(
                name="closed_for_good",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."closed_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="bc7a182e5492929ce88c9db82670b39308fd652d",
                    operation="UPDATE",
                    pgid="pgtrigger_closed_for_good_386bc",
                    table="custody_drawersession",
                    when="BEFORE",
                ),
            ),
        ),
        AddConstraintNotValid(
            model_name="drawersession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("confirmed_by", None)),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                        ("handed_in_at__isnull", False),
                        models.Q(("confirmed_by", models.F("by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="drawer_confirmed_by_another",
            ),
        ),
        ValidateConstraint(model_name="drawersession", name="drawer_confirmed_by_another"),
        migrations.AddField(
            model_name="drawercount",
            name="by",
            field=onehall.foundation.database.refs.RoomRef(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.user",
            ),
        ),
        migrations.AddField(
            model_name="drawercount",
            name="drawer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="counts",
                to="custody.drawersession",
            ),
        ),
        migrations.AddField(
            model_name="drawerstep",
            name="by",
            field=onehall.foundation.database.refs.RoomRef(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.user",
            ),
        ),
        migrations.AddField(
            model_name="drawerstep",
            name="count",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="custody.drawercount",
            ),
        ),
        migrations.AddField(
            model_name="drawerstep",
            name="drawer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="custody.drawersession"
            ),
        ),
        migrations.AddConstraint(
            model_name="drawercount",
            constraint=models.UniqueConstraint(fields=("drawer", "turn"), name="count_turn"),
        ),
        migrations.AddConstraint(
            model_name="drawercount",
            constraint=models.UniqueConstraint(fields=("id", "drawer"), name="count_of_drawer"),
        ),
        migrations.AddConstraint(
            model_name="drawercount",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="count_amount"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="drawercount",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c24996b5bb8001725c83d4017e81b10b1e343dcb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e7df3",
                    table="custody_drawercount",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="drawerstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["handed_in", "returned", "confirmed"])), name="step_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="drawerstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("difference", 0), models.Q(("kind", "returned"), _negated=True)),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="step_explained",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawerstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "confirmed")), fields=("drawer",), name="step_confirmed_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="drawerstep",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e8e7461f44ae027be378430f3e65e06414c233fa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1aaa0",
                    table="custody_drawerstep",
                    when="BEFORE",
                ),
            ),
        ),
    ]
