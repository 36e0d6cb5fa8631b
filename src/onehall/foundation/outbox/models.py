"""What must leave the transaction: rows, marked when taken (never a cursor by id: late commits would be lost)."""

from django.db import models


class OutboxEvent(models.Model):
    """`payload` holds ids and codes only: it travels to every open screen of the hall."""

    topic = models.CharField(max_length=60)
    hall_id = models.BigIntegerField()
    payload = models.JSONField()
    created_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(taken_at=None), name="outbox_waiting")]
