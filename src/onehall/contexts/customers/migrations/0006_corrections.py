"""Corrections of particulars, and what clerks wrote down, for the accuracy of each (SEC-05, CUS-03)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import onehall.foundation.database.refs
import onehall.foundation.vault.fields

ENTRIES = """
create view pub_customers_correction as
    select c.id, c.party_id, c.kind, c.cause, c.old is null as added, c.previous_id, c.entered_by_id, c.entered_at,
        coalesce(k.hall_id, p.registered_hall_id) as entered_hall_id, c."order" as order_id, c.hall_id, c.at, c.by_id
    from customers_correction c join customers_party p on p.id = c.party_id
    left join customers_correction k on k.id = c.previous_id;
create view pub_customers_entry as
    select 'party' as source, p.id, p.id as party_id, p.registered_hall_id as hall_id, p.by_id, p.registered_at as at,
        exists (select 1 from customers_identitydocument d where d.party_id = p.id)
            and exists (select 1 from customers_contact c where c.party_id = p.id)
            and not exists (select 1 from customers_correction c
                            where c.party_id = p.id and c.old is null and c.cause = 'entry') as complete,
        exists (select 1 from customers_correction c
                where c.party_id = p.id and c.previous_id is null and c.old is not null
                  and c.cause = 'entry') as wrong
    from customers_party p
    where exists (select 1 from customers_papershown s where s.party_id = p.id)
    union all
    select 'correction', k.id, k.party_id, k.hall_id, k.by_id, k.at, true,
        exists (select 1 from customers_correction c where c.previous_id = k.id and c.cause = 'entry')
    from customers_correction k;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0005_merged_records"),
        ("identity", "0003_customer_session"),
        ("organisation", "0004_token_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("target", models.BigIntegerField(null=True)),
                ("old", onehall.foundation.vault.fields.EncryptedField(null=True)),
                ("new", onehall.foundation.vault.fields.EncryptedField()),
                ("cause", models.CharField(max_length=24)),
                ("entered_at", models.DateTimeField()),
                ("order", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    onehall.foundation.database.refs.RoomRef(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.user"
                    ),
                ),
                (
                    "entered_by",
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
                (
                    "previous",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.correction",
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.accesspurpose",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["party", "-id"], name="corrections_of_party")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["name", "document", "phone"])),
                        name="correction_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cause__in", ["entry", "changed"])), name="correction_cause"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="796175928d242de412949da29aaa1fdb81c1c002",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_228c9",
                            table="customers_correction",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.RunSQL(ENTRIES, "drop view pub_customers_entry, pub_customers_correction"),
    ]
