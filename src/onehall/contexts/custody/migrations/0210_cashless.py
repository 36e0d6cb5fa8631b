"""Drawers of counters that take no cash: without a float, closed without a second person (CSH-03, decision 0063)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

_DRAWER = """
        select d.id, d.hall_id, d.counter_id, d.by_id, d.opened_at, d.closed_at, d.expected_float, d.opening_float,
               d.remark, d.handed_in_at, d.confirmed_by_id{more}
        from custody_drawersession d
"""
_NOW = _DRAWER.format(more=", d.cashless")
_BEFORE = f"drop view pub_custody_drawer; create view pub_custody_drawer as {_DRAWER.format(more='')}"


class Migration(migrations.Migration):
    dependencies = [
        ("custody", "0180_paid_out"),
        ("identity", "0005_screen_lock"),
        ("organisation", "0050_calendar"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="drawersession",
            name="as_opened",
        ),
        migrations.RemoveConstraint(
            model_name="drawersession",
            name="drawer_confirmed_by_another",
        ),
        migrations.AddField(
            model_name="drawersession",
            name="cashless",
            field=models.BooleanField(db_default=False, default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="drawersession",
            trigger=pgtrigger.compiler.Trigger(
                name="as_opened",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."hall_id" IS DISTINCT FROM (NEW."hall_id") OR OLD."counter_id" IS DISTINCT FROM (NEW."counter_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."expected_float" IS DISTINCT FROM (NEW."expected_float") OR OLD."opening_float" IS DISTINCT FROM (NEW."opening_float") OR OLD."counted" IS DISTINCT FROM (NEW."counted") OR OLD."remark" IS DISTINCT FROM (NEW."remark") OR OLD."cashless" IS DISTINCT FROM (NEW."cashless"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d2311350c0a41a4a3f5462fe57f478610661c714",
                    operation="UPDATE",
                    pgid="pgtrigger_as_opened_8622a",
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
                        models.Q(
                            models.Q(("confirmed_by", models.F("by")), _negated=True),
                            ("cashless", True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="drawer_confirmed_by_another",
            ),
        ),
        AddConstraintNotValid(
            model_name="drawersession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cashless", False),
                    models.Q(("expected_float", 0), ("opening_float", 0)),
                    _connector="OR",
                ),
                name="cashless_without_float",
            ),
        ),
        ValidateConstraint("drawersession", "drawer_confirmed_by_another"),
        ValidateConstraint("drawersession", "cashless_without_float"),
        migrations.RunSQL(f"create or replace view pub_custody_drawer as {_NOW}", _BEFORE),
    ]
