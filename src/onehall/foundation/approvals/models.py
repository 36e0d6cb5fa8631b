"""Requests, the one decision on each, its one use, and rights that are lent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onehall.foundation.database import RoomRef, append_only


class Request(models.Model):
    """What somebody wants approved. Halls lie above the foundation: their ids are plain numbers here.

    `person` is the staff number of whoever asked, the same for every login of theirs. `closed_why` is empty while it is open.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    body = models.JSONField()
    digest = models.BinaryField(max_length=32)
    size = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    hall_id = models.BigIntegerField()
    halls = ArrayField(models.BigIntegerField())
    asked_by = RoomRef("identity.User")
    person = models.CharField(max_length=16)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=10, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "digest"], condition=models.Q(closed_at=None), name="approval_asked_once"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("asked_at")), name="approval_has_time"
            ),
        ]
        indexes = [models.Index(fields=["hall_id", "-id"], name="approval_by_hall")]


class Decision(models.Model):
    """One for each request, whoever presses first; `held_by` is the person whose right it was."""

    request = models.OneToOneField(Request, on_delete=models.PROTECT, primary_key=True, related_name="+")
    approved = models.BooleanField()
    by = RoomRef("identity.User")
    person = models.CharField(max_length=16)
    held_by = models.CharField(max_length=16)
    note = models.CharField(max_length=200)
    at = models.DateTimeField()
    usable_until = models.DateTimeField(null=True)

    class Meta:
        triggers = append_only()


class Use(models.Model):
    """An approval is used once."""

    request = models.OneToOneField(Request, on_delete=models.PROTECT, primary_key=True, related_name="+")
    by = RoomRef("identity.User")
    at = models.DateTimeField()
    what = models.CharField(max_length=60)

    class Meta:
        triggers = append_only()


class Delegation(models.Model):
    """The right to decide, lent for some days; what the lender may no longer do, the other may not either."""

    lender = RoomRef("identity.User")
    taker = RoomRef("identity.User")
    hall_id = models.BigIntegerField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="delegation_has_time"),
            models.CheckConstraint(
                condition=~models.Q(lender=models.F("taker")), name="delegation_to_another"
            ),
        ]
        indexes = [models.Index(fields=["taker", "end"], name="delegation_by_taker")]
