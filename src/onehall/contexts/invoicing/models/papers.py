"""The papers after a receipt. Amounts are whole fen; every table is append-only."""

from django.db import models
from django.db.models import Q

from onehall.foundation.database import RoomRef, append_only


class RedReceipt(models.Model):
    """红字收据. Migration 0002 holds it to its receipt's amount and to a payment that was reversed (RCP-01)."""

    hall = RoomRef("organisation.Hall", db_index=False)
    receipt = RoomRef("ledger.Receipt", unique=True)
    number = models.CharField(max_length=30, unique=True)
    book = RoomRef("numbers.Book")
    amount = models.BigIntegerField()
    copies = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    counter = RoomRef("organisation.Counter", db_index=False)
    by = RoomRef("identity.User", db_index=False)
    issued_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "issued_at"], name="red_receipt_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__lt=0), name="red_receipt_negative"),
            models.CheckConstraint(condition=~Q(reason=""), name="red_receipt_reason"),
        ]
