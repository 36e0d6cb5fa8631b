"""Tables of the registers room."""

from django.db import models
from django.db.models import Q

from onehall.contexts.registers import contracts
from onehall.foundation.database import RoomRef
from onehall.foundation.values.ids import HallId
from onehall.foundation.vault import EncryptedField

_HASH, _DIGEST = 16, 32


class Import(models.Model):
    """One register brought along. A file stands once: taken back, it may be imported again."""

    format = models.CharField(max_length=24)
    hall = RoomRef("organisation.Hall")
    file_name = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=_DIGEST)
    rows = models.IntegerField()
    accepted = models.IntegerField()
    repaired = models.IntegerField()
    warned = models.IntegerField()
    at = models.DateTimeField()
    by = RoomRef("identity.User")
    by_name = models.CharField(max_length=60)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "format"], condition=Q(undone_at__isnull=True), name="registers_file_once"
            )
        ]
        indexes = [models.Index(fields=["hall", "-at"], name="registers_imports_of_hall")]

    def as_contract(self) -> contracts.ImportMade:
        """The import as it crosses the door."""
        undone = self.undone_at is not None
        return contracts.ImportMade(
            id=self.pk, format=self.format, hall_id=HallId(self.hall_id), file_name=self.file_name,
            digest=bytes(self.digest), rows=self.rows, accepted=self.accepted, repaired=self.repaired, warned=self.warned,
            state=contracts.ImportState.UNDONE if undone else contracts.ImportState.STANDING, by_name=self.by_name,
            at=self.at, undone_at=self.undone_at, undone_by=self.undone_by,
        )  # fmt: skip


class Row(models.Model):
    """An accepted row as it was taken, encrypted whole; it is found by its account or number, and its serial (SEC-07)."""

    made = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.IntegerField()
    day = models.DateField(null=True)
    key_hash = models.BinaryField(max_length=_HASH, null=True)
    serial_hash = models.BinaryField(max_length=_HASH, null=True)
    content = EncryptedField()
    party = RoomRef("customers.Party", null=True)
    party_is_new = models.BooleanField()
    subscription = RoomRef("subscriptions.Subscription", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["made", "row"], name="registers_row_once")]
        indexes = [
            models.Index(fields=["key_hash"], name="registers_by_key", condition=Q(key_hash__isnull=False)),
            models.Index(
                fields=["serial_hash"], name="registers_by_serial", condition=Q(serial_hash__isnull=False)
            ),
        ]


class Upload(models.Model):
    """A file that somebody looks at before it is imported, with its report; encrypted, and gone when decided upon."""

    format = models.CharField(max_length=24)
    hall = RoomRef("organisation.Hall")
    file_name = models.CharField(max_length=200)
    content = EncryptedField()
    report = EncryptedField()
    at = models.DateTimeField()
    by = RoomRef("identity.User")
    phase = models.CharField(max_length=8, default="", db_default="")
    done = models.IntegerField(default=0, db_default=0)
    total = models.IntegerField(default=0, db_default=0)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    said_zh = models.TextField(default="", db_default="")
    said_en = models.TextField(default="", db_default="")
