"""Intents: what a person meant to do once (ORD-13)."""

from django.db import models


class Intent(models.Model):
    """`result` is null while the first attempt is still under way in its own transaction."""

    key = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField()
    journey = models.CharField(max_length=60)
    body_digest = models.BinaryField(max_length=32)
    result = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="intent_by_age")]
