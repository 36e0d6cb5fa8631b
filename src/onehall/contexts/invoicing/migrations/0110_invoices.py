"""Invoices and their lines (RCP-04)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import onehall.foundation.database.refs
import onehall.foundation.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0005_screen_lock"),
        ("invoicing", "0002_red_receipts"),
        ("ledger", "0061_money_without_a_sale"),
        ("numbers", "0005_lean_indexes"),
        ("orders", "0060_span_of_hall"),
        ("organisation", "0050_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.CharField(max_length=32, unique=True)),
                ("kind", models.CharField(max_length=12)),
                ("amount", models.BigIntegerField()),
                ("title", onehall.foundation.vault.fields.EncryptedField()),
                ("tax_no", onehall.foundation.vault.fields.EncryptedField(null=True)),
                ("mail", onehall.foundation.vault.fields.EncryptedField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("approval", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("ready_on", models.DateField()),
                ("collect_by", models.DateField()),
                (
                    "by",
                    onehall.foundation.database.refs.RoomRef(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.user",
                    ),
                ),
                (
                    "counter",
                    onehall.foundation.database.refs.RoomRef(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.counter",
                    ),
                ),
                (
                    "hall",
                    onehall.foundation.database.refs.RoomRef(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.hall",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reds",
                        to="invoicing.invoice",
                    ),
                ),
                (
                    "payment",
                    onehall.foundation.database.refs.RoomRef(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.payment"
                    ),
                ),
                (
                    "receipt",
                    onehall.foundation.database.refs.RoomRef(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.receipt",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InvoiceLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_zh", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("quantity", models.SmallIntegerField()),
                ("amount", models.BigIntegerField()),
                ("category", models.CharField(max_length=20)),
                ("rate", models.SmallIntegerField(null=True)),
                ("tax", models.BigIntegerField()),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="invoicing.invoice",
                    ),
                ),
                (
                    "order",
                    onehall.foundation.database.refs.RoomRef(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.serviceorder",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["hall", "asked_at"], name="invoice_by_day"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["electronic", "paper", "handwritten"])), name="invoice_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("of", None)),
                    models.Q(
                        ("amount__lt", 0), ("of__isnull", False), models.Q(("reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="invoice_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "handwritten"), _negated=True),
                    ("approval__isnull", False),
                    _connector="OR",
                ),
                name="handwritten_was_approved",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoice",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e593f0cc5443e04454fe27e6678a046144573c3b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_939f3",
                    table="invoicing_invoice",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="invoiceline",
            constraint=models.UniqueConstraint(fields=("invoice", "order"), name="invoice_line_once"),
        ),
        migrations.AddConstraint(
            model_name="invoiceline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="invoice_line_moves_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoiceline",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate__isnull", False), ("tax", 0), _connector="OR"),
                name="invoice_line_untaxed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoiceline",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="931d34944ae16459a73d6308fcfd5fe224a957bb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e3573",
                    table="invoicing_invoiceline",
                    when="BEFORE",
                ),
            ),
        ),
    ]
