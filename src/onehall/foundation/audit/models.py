"""Who did what to what, when, where, by which rule. Append-only in the database, sealed into chains per hall."""

from django.db import models

from onehall.foundation.database import append_only


class AuditEntry(models.Model):
    """One line. `details` holds ids and codes, never a name, a number of a document or a telephone (API-05)."""

    at = models.DateTimeField()
    hall_id = models.BigIntegerField()
    user_id = models.BigIntegerField(null=True)
    session_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=36, default="")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60)
    rule = models.CharField(max_length=10, default="")
    policy_version = models.BigIntegerField(null=True)
    details = models.JSONField()

    class Meta:
        triggers = append_only()
        indexes = [
            models.Index(fields=["subject", "subject_id", "-id"], name="audit_by_subject"),
            models.Index(fields=["hall_id", "-id"], name="audit_by_hall"),
        ]


class Unsealed(models.Model):
    """The queue of lines not yet sealed: found without scanning, and safe against late commits."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="+")
    hall_id = models.BigIntegerField()


class AuditSeal(models.Model):
    """A line's place in its hall's chain: the digest covers the line, its place and the digest before it (SEC-09)."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="+")
    hall_id = models.BigIntegerField()
    place = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["hall_id", "place"], name="audit_seal_place")]
