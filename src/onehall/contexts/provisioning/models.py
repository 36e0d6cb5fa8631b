"""Tables of the provisioning room."""

from django.db import models
from django.db.models import Q

from onehall.foundation.database import RoomRef
from onehall.foundation.vault import SealedField

CLEAR_SECRET = "access.broadband.clear_secret"  # noqa: S105 - as below
DEVICE_SECRET = "access.nas.secret"  # noqa: S105 - what the vault binds a sealed value to, its table and column


class BroadbandAccess(models.Model):
    """One account as the RADIUS server sees it; made by migration 0002 in schema `access`, which that server alone may read."""

    account = models.TextField(primary_key=True)
    subscription = RoomRef("subscriptions.Subscription")
    nt_hash = models.BinaryField()
    pbkdf2 = models.TextField()
    clear_secret = SealedField(null=True)
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
    paused_from = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = '"access"."broadband"'


class TelephoneAccess(models.Model):
    """A telephone line as its network is to have it; made by migration 0190 in schema `access`. `service_secret` is a hash (LAW-03)."""

    number = models.TextField(primary_key=True)
    subscription = RoomRef("subscriptions.Subscription")
    state = models.TextField()
    international_out = models.BooleanField()
    international_in = models.BooleanField()
    caller_id = models.BooleanField()
    call_forward = models.BooleanField()
    service_secret = models.TextField()
    must_change = models.BooleanField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = '"access"."telephone"'


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


class AccessDevice(models.Model):
    """A NAS: a device that customers come on line through. `secret` is sealed by the vault; unknown to RADIUS when retired."""

    name = models.TextField()
    kind = models.TextField()
    address = models.GenericIPAddressField()
    secret = SealedField()
    coa_port = models.IntegerField()
    place = models.TextField(default="")
    state = models.TextField(default="active")
    changed_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    resting_until = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        managed = False
        db_table = '"access"."nas"'


class Session(models.Model):
    """Somebody who is on line, as accounting tells; `granted_*` is what he was told when he came or by CoA since."""

    unique_id = models.TextField(primary_key=True)
    session_id = models.TextField()
    account = models.TextField()
    nas = models.GenericIPAddressField()
    nas_port = models.TextField(default="")
    caller = models.TextField(default="")
    framed_ip = models.GenericIPAddressField(null=True)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    seconds = models.BigIntegerField(default=0)
    up_octets = models.BigIntegerField(default=0)
    down_octets = models.BigIntegerField(default=0)
    granted_until = models.DateTimeField(null=True)
    granted_down_kbps = models.IntegerField(null=True)
    granted_up_kbps = models.IntegerField(null=True)

    class Meta:
        managed = False
        db_table = '"access"."session"'
