"""Tables of the documents part; all append-only."""

from django.db import models

from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.documents.signing import Wrong
from onehall.foundation.vault import EncryptedField


class Document(models.Model):
    """One issued paper. The amount stands beside the encrypted content so that a code can be verified without opening it.

    `hall_id` is no reference: the foundation knows no room; the name of the hall is kept as it was printed.
    """

    kind = models.CharField(max_length=20)
    hall_id = models.BigIntegerField()
    hall_name_zh = models.CharField(max_length=120)
    hall_name_en = models.CharField(max_length=120)
    code = models.CharField(max_length=12, unique=True)
    serial = models.CharField(max_length=40)
    template_version = models.PositiveSmallIntegerField()
    content = EncryptedField()
    content_sha256 = models.BinaryField(max_length=32)
    amount_fen = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    issued_by = RoomRef("identity.User", db_index=False)
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="document_by_subject"),
            models.Index(fields=["hall_id", "kind", "issued_at"], name="document_by_hall"),
        ]
        triggers = append_only()


class PrintJob(models.Model):
    """A copy that somebody asked for: who, when, where, which copy, on which printer."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    copy = models.PositiveSmallIntegerField()
    medium = models.CharField(max_length=10)
    printer = models.CharField(max_length=120, blank=True)
    hall_id = models.BigIntegerField()
    counter_id = models.BigIntegerField(null=True)
    place_zh = models.CharField(max_length=160)
    place_en = models.CharField(max_length=160)
    reason = models.CharField(max_length=200, blank=True)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["document"], name="print_job_by_document")]
        triggers = append_only()


class PrintOutcome(models.Model):
    """How a job ended, once. A job without this row was sent, or was about to be, when the program stopped."""

    job = models.OneToOneField(PrintJob, models.PROTECT, primary_key=True, related_name="+")
    outcome = models.CharField(max_length=10)
    failure = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["printed", "failed", "unclear"]),
                name="print_outcome_is_known",
            ),
        ]
        triggers = append_only()


class SigningRequest(models.Model):
    """A counter's display asks somebody to check and sign a paper; answered or withdrawn once (LAW-32)."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    counter_id = models.BigIntegerField()
    stamp = models.TextField()
    asked_at = models.DateTimeField()
    by = RoomRef("identity.User")
    outcome = models.CharField(max_length=12, blank=True)
    wrong = models.CharField(max_length=12, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counter_id"], condition=models.Q(ended_at=None), name="one_signing_a_display"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, outcome="", wrong="")
                | models.Q(ended_at__isnull=False, outcome__in=["signed", "withdrawn"], wrong="")
                | models.Q(ended_at__isnull=False, outcome="objected", wrong__in=[str(one) for one in Wrong]),
                name="signing_ended_somehow",
            ),
        ]
        indexes = [models.Index(fields=["counter_id", "-id"], name="signing_at_counter")]
