"""Notices and what became of them."""

from django.db import models
from django.db.models import Q

from onehall.foundation.vault import EncryptedField


class Notice(models.Model):
    """`next_at` is when it may leave, or while it is on its way the end of its lease. `state` waiting, sent, refused or late."""

    message_id = models.UUIDField(unique=True)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30)
    recipient = EncryptedField()
    text = EncryptedField()
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    not_after = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=80, default="")
    last_failure = models.CharField(max_length=20, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "refused", "late"]), name="notice_state"
            )
        ]
        indexes = [
            models.Index(fields=["next_at"], name="notice_due", condition=Q(state="waiting")),
            models.Index(fields=["made_at"], name="notice_by_day"),
        ]
