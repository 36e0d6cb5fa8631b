"""What happens to invoices, and which wait for the tax side (RCP-05)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import onehall.foundation.database.refs
import onehall.foundation.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0005_screen_lock"),
        ("invoicing", "0110_invoices"),
        ("numbers", "0005_lean_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="InvoiceStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=10)),
                ("number", models.CharField(blank=True, default="", max_length=30)),
                ("why", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "book",
                    onehall.foundation.database.refs.RoomRef(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="numbers.book",
                    ),
                ),
                (
                    "by",
                    onehall.foundation.database.refs.RoomRef(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.user",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="invoicing.invoice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("next_at", models.DateTimeField(db_index=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("why", models.CharField(blank=True, default="", max_length=200)),
                (
                    "invoice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pending",
                        to="invoicing.invoice",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="invoicestep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step__in", ["issued", "refused", "withdrawn"])),
                fields=("invoice",),
                name="invoice_decided_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicestep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "collected")), fields=("invoice",), name="invoice_collected_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicestep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "signed")),
                fields=("invoice", "by"),
                name="invoice_signed_by_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicestep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "issued")), fields=("number",), name="invoice_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", ""), ("step__in", ["signed", "refused", "withdrawn", "collected"])),
                    models.Q(("step", "issued"), models.Q(("number", ""), _negated=True)),
                    _connector="OR",
                ),
                name="invoice_step",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoicestep",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="60ec25170c61fff02b9c6001d1a90e694f91e1d3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d71e8",
                    table="invoicing_invoicestep",
                    when="BEFORE",
                ),
            ),
        ),
    ]
