"""People who sign in: users, roles as sets of permissions, grants by hall, sessions bound to a counter, tokens of programmes."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from onehall.foundation.vault import EncryptedField


class User(AbstractBaseUser):
    """A login. Names of people at work are not personal data of customers: they stand on badges and papers.

    `person_no` is the staff number of the person where this is a second login of theirs; empty where it is their only one.
    While `lesson_owed`, nobody signs in with it: the confidentiality lesson is not recorded as passed yet (SEC-06).
    """

    staff_no = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=60)
    person_no = models.CharField(max_length=16, default="", db_default="")
    language = models.CharField(max_length=2, default="zh")
    must_change = models.BooleanField(default=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    lesson_owed = models.BooleanField(default=False, db_default=False)

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


class GrantGiven(models.Model):
    """A role given or taken away on the board, with its reason: the profile's next installation leaves it as it is."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    hall_id = models.BigIntegerField(null=True)
    held = models.BooleanField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="grant_given_by_user")]


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
    locked_at = models.DateTimeField(null=True)

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


class SecondFactor(models.Model):
    """A device that proves who signs in, beside the password: an app that counts codes, or a passkey (SEC-08).

    `secret` is the app's; `credential_id` and `public_key` are the passkey's. `counter` only grows: the last code's time
    step, or what the passkey counted. Until it is confirmed it proves nothing.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    secret = EncryptedField(null=True)
    credential_id = models.BinaryField(max_length=1023, null=True, unique=True)
    public_key = models.BinaryField(null=True)
    counter = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user"], condition=models.Q(revoked_at=None), name="factor_by_user")]


class RecoveryCode(models.Model):
    """Opens once where the device is lost. Only the code's hash is kept; its 80 random bits cannot be tried out."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SecondStep(models.Model):
    """The password was right and the second proof is awaited; or a passkey is being added (`hall_id` null)."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    hall_id = models.BigIntegerField(null=True)
    counter_id = models.BigIntegerField(null=True)
    challenge = models.BinaryField(max_length=64)
    at = models.DateTimeField()


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
