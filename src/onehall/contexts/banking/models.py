"""Bags and the bank's record. Amounts are whole fen."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.vault import EncryptedField


class Bag(models.Model):
    """A sealed bag; its second signature and its hand-over are written once, the rest never again (CSH-04)."""

    hall = RoomRef("organisation.Hall")
    serial = models.CharField(max_length=40, unique=True)
    counted = models.JSONField()
    amount = models.BigIntegerField()
    sealed_by = RoomRef("identity.User", db_index=False)
    sealed_at = models.DateTimeField()
    signed_by = RoomRef("identity.User", null=True, db_index=False)
    signed_at = models.DateTimeField(null=True)
    handed_by = RoomRef("identity.User", null=True, db_index=False)
    handed_at = models.DateTimeField(null=True)
    carrier = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="as_sealed", fields=["hall", "serial", "counted", "amount", "sealed_by", "sealed_at"]
            ),
            pgtrigger.Protect(
                name="signed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed_by__isnull=False)
                & pgtrigger.Q(old__signed_by__df=pgtrigger.F("new__signed_by")),
            ),
            pgtrigger.Protect(
                name="handed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__handed_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="bag_holds_money"),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_at=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(signed_by=F("sealed_by")),
                name="bag_signed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(handed_at=None, handed_by=None, carrier="")
                | Q(handed_at__isnull=False, handed_by__isnull=False, signed_by__isnull=False)
                & ~Q(carrier=""),
                name="bag_leaves_signed",
            ),
        ]


class BagDrawer(models.Model):
    """A drawer whose takings lie in a bag; once."""

    bag = models.ForeignKey(Bag, on_delete=models.PROTECT, related_name="drawers")
    drawer = RoomRef("custody.DrawerSession", unique=True)
    amount = models.BigIntegerField()

    class Meta:
        triggers = append_only()


class BankLine(models.Model):
    """A line of the bank's record, by the bank's own reference."""

    hall = RoomRef("organisation.Hall", db_index=False)
    reference = models.CharField(max_length=60)
    booked_on = models.DateField()
    label = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    payer = EncryptedField(null=True)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["hall", "reference"], name="bank_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="bank_line_positive"),
        ]


class BankClaim(models.Model):
    """A line of the bank's record that is no bag's: what it was for. One line pays once (PAY-03)."""

    line = models.OneToOneField(BankLine, on_delete=models.PROTECT, related_name="claim")
    what = models.CharField(max_length=20)
    about = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class BankNote(models.Model):
    """What somebody found out about a bag or a line that does not agree; the last one stands."""

    hall = RoomRef("organisation.Hall")
    bag = models.ForeignKey(Bag, on_delete=models.PROTECT, null=True, related_name="+")
    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=200)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(bag=None, line__isnull=False) | Q(bag__isnull=False, line=None),
                name="note_about_one",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="note_has_words"),
        ]


class MonthClose(models.Model):
    """A hall's month: proposed, then closed by another person, for good. Migration 0002 refuses postings into it (CSH-05).

    `batches` and `debits` are how many batches and how much was posted in it, so that what came past the refusal is found.
    """

    hall = RoomRef("organisation.Hall", db_index=False)
    start = models.DateTimeField()
    end = models.DateTimeField()
    asked_by = RoomRef("identity.User", db_index=False)
    asked_at = models.DateTimeField()
    closed_by = RoomRef("identity.User", null=True, db_index=False)
    closed_at = models.DateTimeField(null=True)
    batches = models.BigIntegerField(default=0)
    debits = models.BigIntegerField(default=0)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="closed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["hall", "start"], name="month_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__gte=F("end"), closed_by__isnull=False) & ~Q(closed_by=F("asked_by")),
                name="month_closed_by_another",
            ),
        ]
