"""Moves, suspensions, the talk before a line ends, and what readings may see of them (CHG-03, CHG-04, CHG-07)."""

from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import PROTECT, CheckConstraint, F, Index, Q, UniqueConstraint

from onehall.foundation.database.refs import RoomRef

# A term that moved is one term: readings see it where it is now.
TERMS = """
create or replace view pub_subscriptions_term as
    select id, subscription_id, starts_at, expires_at, months, offering, price_version, price_fen, order_id, paid_at,
        cancelled_at
    from subscriptions_term"""
TALKS = """
create view pub_subscriptions_retention as
    select id, subscription_id, hall_id, reason, words, offer, outcome, at, by_id from subscriptions_retention;
"""


def _table(name: str, of: str, *fields: Any, refs: dict[str, str], **options: Any) -> migrations.CreateModel:
    """A table about a subscription, written down by somebody."""
    key = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
    line = models.ForeignKey(on_delete=PROTECT, related_name=of, to="subscriptions.subscription")
    rooms = [
        (one, RoomRef(on_delete=PROTECT, related_name="+", to=to))
        for one, to in {**refs, "by": "identity.user"}.items()
    ]
    whole = [("id", key), *fields, ("at", models.DateTimeField()), ("subscription", line), *rooms]
    return migrations.CreateModel(name=name, fields=whole, options=options)


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0005_merged_records"),
        ("identity", "0003_customer_session"),
        ("orders", "0005_paper_views"),
        ("organisation", "0004_token_places"),
        ("subscriptions", "0005_terms_taken_over"),
    ]

    operations = [
        migrations.AddField("term", "replaced", models.BooleanField(db_default=False)),
        _table(
            "Suspension", "suspensions", ("starts_at", models.DateTimeField()), ("ends_at", models.DateTimeField()),
            ("anchors", ArrayField(base_field=models.SmallIntegerField(), size=None)),
            ("void_at", models.DateTimeField(null=True)), ("resumed_at", models.DateTimeField(null=True)),
            refs={"order": "orders.serviceorder"},
            constraints=[
                UniqueConstraint(fields=("order",), name="subscriptions_suspension_once"),
                CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="subscriptions_suspension_forward"),
            ],
            indexes=[
                Index(fields=["ends_at"], name="subscriptions_to_resume",
                      condition=Q(void_at__isnull=True, resumed_at__isnull=True)),
            ],
        ),
        _table(
            "Move", "moves", ("from_account", models.TextField()), ("to_account", models.TextField()),
            ("void_at", models.DateTimeField(null=True)),
            refs={"order": "orders.serviceorder", "from_dwelling": "customers.premises", "to_dwelling": "customers.premises"},
            constraints=[
                UniqueConstraint(fields=("order",), name="subscriptions_move_once"),
                CheckConstraint(condition=~Q(from_account=F("to_account")), name="subscriptions_move_elsewhere"),
            ],
        ),
        _table(
            "Retention", "+", ("reason", models.TextField()), ("words", models.TextField(blank=True)),
            ("offer", models.TextField(blank=True)), ("outcome", models.TextField()), refs={"hall": "organisation.hall"},
            constraints=[
                CheckConstraint(condition=Q(outcome__in=["left", "booked", "stayed"]), name="subscriptions_retention_outcome"),
                CheckConstraint(condition=~Q(reason="porting") | Q(words="", offer=""), name="subscriptions_porting_no_talk"),
            ],
            indexes=[Index(fields=["hall", "at"], name="subscriptions_retention_by_day")],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retention",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9a655db21b5c04a69bf8805fb0e3938b1a32f60c", operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c9124", table="subscriptions_retention", when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(f"{TERMS} where not replaced; {TALKS}", f"drop view pub_subscriptions_retention; {TERMS};"),
    ]  # fmt: skip
