"""A telephone line in its life: another number, stopped because nothing is left, and what is left when it ends."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

import onehall.foundation.database.refs

PAID_IN = models.CheckConstraint(
    condition=models.Q(undone=False, amount__gt=0)
    | models.Q(undone=True, amount__lt=0)
    | models.Q(source__in=["opening", "moved", "waived"]),
    name="paid_in_sign",
)


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_screen_lock"), ("voice", "0003_monthly_functions")]

    # fmt: off
    operations = [
        migrations.CreateModel(name="LineNumber", fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.CharField(db_index=True, max_length=20)),
            ("valid_from", models.DateTimeField()),
            ("at", models.DateTimeField()),
            ("by", onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.user")),
            ("line", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voice.line")),
        ]),
        migrations.AddConstraint("linenumber", models.CheckConstraint(condition=models.Q(number__regex="^[0-9]+$"), name="line_new_number_digits")),
        pgtrigger.migrations.AddTrigger(model_name="linenumber", trigger=pgtrigger.compiler.Trigger(name="append_only", sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash="35fbc08696dc5959748e778290b34174edaded78", operation="UPDATE OR DELETE", pgid="pgtrigger_append_only_675e3", table="voice_linenumber", when="BEFORE"))),
        migrations.AddField("lineversion", "stopped", models.BooleanField(db_default=False)),
        migrations.RemoveConstraint("topup", "paid_in_sign"),
        AddConstraintNotValid("topup", PAID_IN),
        ValidateConstraint("topup", "paid_in_sign"),
    ]
    # fmt: on
