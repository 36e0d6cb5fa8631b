"""Customers whom no message reaches are called by the hall: a state of its own."""

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
)
from django.db import migrations, models
from django.db.models import Q

_STATES = ["waiting", "sent", "delivered", "failed", "refused", "to_call", "late", "told"]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("notices", "0060_delivery_reports")]

    operations = [
        migrations.RemoveConstraint("notice", "notice_state_known"),
        AddConstraintNotValid(
            "notice", models.CheckConstraint(condition=Q(("state__in", _STATES)), name="notice_state_known")
        ),
        ValidateConstraint("notice", "notice_state_known"),
        AddIndexConcurrently(
            "notice",
            models.Index(
                fields=["hall_id", "id"],
                condition=Q(("state__in", ["failed", "refused", "to_call"])),
                name="notice_untold",
            ),
        ),
        RemoveIndexConcurrently("notice", "notice_undelivered"),
    ]
