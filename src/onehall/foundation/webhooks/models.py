"""Who is told what, under which secret, and what became of each telling."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onehall.foundation.vault import EncryptedField


class Subscription(models.Model):
    """`topics` empty: all; `hall_id` null: every hall. `failures` counts attempts since the last success; while
    `broken_until` lies ahead nothing is sent. `broken_at` tells a clock that was set back."""

    title = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    topics = ArrayField(models.CharField(max_length=60))
    hall_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10)
    paused_why = models.CharField(max_length=10, default="")
    paused_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    broken_until = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)


class Secret(models.Model):
    """Signs until `ends_at`; while two overlap, both sign."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="+")
    value = EncryptedField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)


class Delivery(models.Model):
    """One event for one subscription. `next_at` is the next attempt's time, or while one is on its way the end of its
    lease; `planned_at` is when that was decided: in the future, the clock was set back, and it is due at once."""

    message_id = models.UUIDField(unique=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="+")
    event_id = models.BigIntegerField(null=True)
    topic = models.CharField(max_length=60)
    hall_id = models.BigIntegerField()
    payload = models.JSONField()
    happened_at = models.DateTimeField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    attempts = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField()
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_failure = models.CharField(max_length=20, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "event_id"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["subscription", "next_at"],
                condition=models.Q(state="waiting"),
                name="delivery_waiting",
            ),
            models.Index(fields=["subscription", "-id"], name="delivery_newest"),
        ]
