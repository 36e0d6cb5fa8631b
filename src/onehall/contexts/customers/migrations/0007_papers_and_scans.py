"""Papers that were asked for and told to be missing, and pictures of papers (ORD-03, LAW-06)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import onehall.foundation.database.refs
import onehall.foundation.vault.fields


class Migration(migrations.Migration):
    dependencies = [("customers", "0006_corrections")]

    operations = [
        migrations.CreateModel(
            name="PaperSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("basket", models.BigIntegerField()),
                ("paper", models.CharField(max_length=40)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("party", "basket", "paper"), name="paper_seen_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b9594c0d5bc36fecfd92a8b4f4d0cb3ebe632be2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d38c3",
                            table="customers_paperseen",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PapersTold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("basket", models.BigIntegerField()),
                (
                    "missing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("document", models.BigIntegerField()),
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
                "indexes": [
                    models.Index(fields=["basket"], name="papers_told_of_basket"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="40f17b270ac5eee46302028132f12688048b38d4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_01bee",
                            table="customers_paperstold",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("purpose", models.CharField(max_length=60)),
                ("picture", onehall.foundation.vault.fields.EncryptedField(null=True)),
                ("sha256", models.BinaryField(max_length=32)),
                ("size", models.IntegerField()),
                ("kept_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(null=True)),
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
                "indexes": [
                    models.Index(fields=["party"], name="scans_of_party"),
                    models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["until"],
                        name="scans_by_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("picture__isnull", True), ("deleted_at__isnull", True), _connector="XOR"
                        ),
                        name="scan_gone_or_kept",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="cd176aef4b9d02eccf4089ae651849a6b0ae051d",
                            operation="DELETE",
                            pgid="pgtrigger_kept_b76c6",
                            table="customers_scan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="scanned_as_scanned",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (old.deleted_at is not null or row(new.party_id, new.kind, new.purpose, new.sha256, new.size, new.kept_at, new.by_id, new.until) is distinct from row(old.party_id, old.kind, old.purpose, old.sha256, old.size, old.kept_at, old.by_id, old.until))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="affb495f041332c8e2dabb59db9a80e67dc87891",
                            operation="UPDATE",
                            pgid="pgtrigger_scanned_as_scanned_01f32",
                            table="customers_scan",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
    ]
