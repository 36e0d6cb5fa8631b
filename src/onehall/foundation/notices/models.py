"""Notices and what became of them."""

from django.db import models
from django.db.models import Q

from onehall.foundation.notices.rules import STATES, UNDELIVERED
from onehall.foundation.vault import EncryptedField


class Notice(models.Model):
    """`next_at` is when it may leave, or while it is on its way the end of its lease. `turn` counts the tellings, each under a
    `message_id` of its own; `state` is one of `rules.STATES`. Party and hall are ids only: the foundation knows no room."""

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
    language = models.CharField(max_length=2, db_default="zh")
    turn = models.PositiveSmallIntegerField(db_default=1)
    party_id = models.BigIntegerField(null=True)
    hall_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=list(STATES)), name="notice_state_known")]
        indexes = [
            models.Index(fields=["party_id", "-id"], name="notice_of_party"),
            models.Index(fields=["hall_id", "id"], name="notice_untold", condition=Q(state__in=UNDELIVERED)),
            models.Index(fields=["next_at"], name="notice_due", condition=Q(state="waiting")),
            models.Index(fields=["made_at"], name="notice_by_day"),
        ]


class NoticeStep(models.Model):
    """A change of a notice's state, written once; the unique pair makes a report that comes twice change nothing.
    `at` is when it happened, `heard_at` when it was written down; `by_id` is whoever told the customer instead."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    message_id = models.UUIDField()
    turn = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    heard_at = models.DateTimeField()
    why = models.CharField(max_length=200, default="")
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message_id", "state"], name="notice_step_once")]
        indexes = [models.Index(fields=["notice", "id"], name="notice_steps")]
