"""Providers' files and what came of them. Amounts are whole fen; everything here is append-only."""

from django.db import models
from django.db.models import Q

from onehall.contexts.clearing.contracts import Kind, Verdict
from onehall.foundation.database import RoomRef, append_only


class Bill(models.Model):
    """A provider's file of a day, once; `hall` owns what no other hall knows of. `by` is empty where the clock fetched it."""

    provider = models.CharField(max_length=20)
    day = models.DateField()
    reference = models.CharField(max_length=60)
    hall = RoomRef("organisation.Hall", db_index=False)
    digest = models.BinaryField(max_length=32)
    by = RoomRef("identity.User", null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["provider", "day"], name="bill_of_day"),
            models.UniqueConstraint(fields=["reference"], name="bill_reference"),
        ]


class BillRow(models.Model):
    """A row of a file; `amount` above zero for both kinds, `fee` below zero where it was given back."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="rows")
    hall = RoomRef("organisation.Hall", db_index=False)
    kind = models.CharField(max_length=10)
    number = models.CharField(max_length=64, db_index=True)
    transaction = models.CharField(max_length=64)
    amount = models.BigIntegerField()
    fee = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="bill_row_positive"),
            models.CheckConstraint(condition=Q(kind__in=["charge", "refund"]), name="bill_row_kind"),
        ]


class Difference(models.Model):
    """Where file and books differed when the file was read: `ours` is what the books held, `theirs` what was said."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="differences")
    hall = RoomRef("organisation.Hall")
    verdict = models.CharField(max_length=12)
    kind = models.CharField(max_length=10)
    number = models.CharField(max_length=64, db_index=True)
    ours = models.BigIntegerField()
    theirs = models.BigIntegerField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=[one.value for one in Verdict]), name="difference_verdict"
            ),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in Kind]), name="difference_kind"),
        ]


class Settling(models.Model):
    """A difference that a named person settled with a reason; `booked` is what it changed, in its kind's own direction."""

    difference = models.OneToOneField(Difference, on_delete=models.PROTECT, related_name="settling")
    reason = models.CharField(max_length=200)
    booked = models.BigIntegerField()
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="settling_reason")]


class Arrival(models.Model):
    """The line of the bank's record that shows a day's settlement: one line, one day."""

    bill = models.OneToOneField(Bill, on_delete=models.PROTECT, related_name="arrival")
    line = RoomRef("banking.BankLine", unique=True)
    amount = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Movement(models.Model):
    """What changed a hall's clearing beside its charges: fees kept, differences settled, money at the bank."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="movements")
    hall = RoomRef("organisation.Hall")
    why = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="movement_moves_money"),
            models.CheckConstraint(
                condition=Q(why__in=["fee", "difference", "settlement"]), name="movement_why"
            ),
        ]
