"""Tables of the provisioning room."""

from django.db import models
from django.db.models import Q

from onehall.foundation.database import RoomRef


class BroadbandAccess(models.Model):
    """One account as the RADIUS server sees it; made by migration 0002 in schema `access`, which that server alone may read."""

    account = models.TextField(primary_key=True)
    subscription = RoomRef("subscriptions.Subscription")
    nt_hash = models.BinaryField()
    pbkdf2 = models.TextField()
    clear_secret = models.BinaryField(null=True)
    must_change = models.BooleanField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    down_kbps = models.IntegerField()
    up_kbps = models.IntegerField()
    network_profile = models.TextField()
    state = models.TextField()
    updated_at = models.DateTimeField()
    test_until = models.DateTimeField(null=True)
    cut_before = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = '"access"."broadband"'


class PlannedSpeed(models.Model):
    """A speed that begins with a later term: a renewal paid early changes nothing before its term starts (CAT-02)."""

    pk = models.CompositePrimaryKey("account", "starts_at")
    account = models.TextField()
    starts_at = models.DateTimeField()
    down_kbps = models.IntegerField()
    up_kbps = models.IntegerField()
    network_profile = models.TextField()

    class Meta:
        managed = False
        db_table = '"access"."planned_speed"'


class Command(models.Model):
    """Something a network element must be told. Pending (“待生效”) until `done_at`; retried with back-off (NET-03)."""

    kind = models.TextField()
    account = models.TextField()
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["refresh", "disconnect"]), name="provisioning_command_kind"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="provisioning_due", condition=Q(done_at__isnull=True)
            ),
            models.Index(fields=["account"], name="provisioning_pending", condition=Q(done_at__isnull=True)),
        ]
