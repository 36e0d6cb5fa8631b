"""Pictures of papers: encrypted, stamped, gone when their time is over; the row stays as the certificate (LAW-06, REC-02)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from onehall.contexts.customers.models.parties import Party
from onehall.foundation.database import RoomRef
from onehall.foundation.vault import EncryptedField


class Scan(models.Model):
    """`picture` is a JPEG in base64; it alone may change, and only to nothing."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    purpose = models.CharField(max_length=60)
    picture = EncryptedField(null=True)
    sha256 = models.BinaryField(max_length=32)
    size = models.IntegerField()
    hall = RoomRef("organisation.Hall")
    kept_at = models.DateTimeField()
    by = RoomRef("identity.User")
    until = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(picture__isnull=True) ^ Q(deleted_at__isnull=True), name="scan_gone_or_kept"
            )
        ]
        indexes = [
            models.Index(fields=["party"], name="scans_of_party"),
            models.Index(fields=["until"], condition=Q(deleted_at__isnull=True), name="scans_by_end"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="scanned_as_scanned",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "old.deleted_at is not null or"
                    " row(new.party_id, new.kind, new.purpose, new.sha256, new.size, new.kept_at, new.by_id, new.until) is"
                    " distinct from"
                    " row(old.party_id, old.kind, old.purpose, old.sha256, old.size, old.kept_at, old.by_id, old.until)"
                ),
            ),
        ]
