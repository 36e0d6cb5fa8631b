"""People who sign in: users, roles as sets of permissions, grants by hall, sessions bound to a counter, tokens of programmes."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models


class User(AbstractBaseUser):
    """A login. Names of people at work are not personal data of customers: they stand on badges and papers.

    `person_no` is the staff number of the person where this is a second login of theirs; empty where it is their only one.
    """

    staff_no = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=60)
    person_no = models.CharField(max_length=16, default="", db_default="")
    language = models.CharField(max_length=2, default="zh")
    must_change = models.BooleanField(default=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "staff_no"
    last_login = None


class Role(models.Model):
    """A named set of permissions (ORG-06)."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    permissions = ArrayField(models.CharField(max_length=60))


class Grant(models.Model):
    """A role held in one hall; `hall_id` null is every hall (headquarters). The foreign key is added by the room that owns halls."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    hall_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "hall_id"], nulls_distinct=False, name="grant_once"
            )
        ]


class Session(models.Model):
    """A signed-in browser, bound to a hall and, at the desk, to a counter (SEC-08). Only the token's hash is kept."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    hall_id = models.BigIntegerField()
    counter_id = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=20, default="")

    class Meta:
        indexes = [
            models.Index(fields=["user"], condition=models.Q(ended_at=None), name="session_open_by_user")
        ]


class Token(models.Model):
    """What a programme shows instead of a sign-in: it acts as `user` in one hall, within `scopes` (API-01). Only its hash is kept."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=60)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    hall_id = models.BigIntegerField()
    counter_id = models.BigIntegerField(null=True)
    scopes = ArrayField(models.CharField(max_length=60))
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")), name="token_has_a_life"
            )
        ]
        indexes = [models.Index(fields=["hall_id"], name="token_by_hall")]


class CustomerSession(models.Model):
    """A browser in which a customer looks after an account of theirs. Only the token's hash is kept."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    account = models.CharField(max_length=64)
    subscription_id = models.BigIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=20, default="")

    class Meta:
        indexes = [
            models.Index(fields=["account"], condition=models.Q(ended_at=None), name="customer_session_open"),
            models.Index(fields=["seen_at"], name="customer_session_by_age"),
        ]


class CustomerFailure(models.Model):
    """How often a customer's sign-in failed at a door: an account, whether it exists or not, or an address."""

    door = models.CharField(max_length=120, primary_key=True)
    failures = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="customer_failure_by_age")]
