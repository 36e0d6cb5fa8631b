"""Drawers and what passed through them. Amounts are whole fen; what goes out is negative."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from onehall.contexts.custody.contracts import EntryKind
from onehall.foundation.database import RoomRef, append_only


class DrawerSession(models.Model):
    """A clerk's shift at a counter, from the counted float on (CSH-01). Only its hand-in and its closing are written later.

    `counted` is pieces by denomination in fen, `remark` explains a float that differs from `expected_float`. One that is
    `cashless` has nothing to count: it is closed without a second person (decision 0063).
    """

    hall = RoomRef("organisation.Hall")
    counter = RoomRef("organisation.Counter", db_index=False)
    by = RoomRef("identity.User", db_index=False)
    opened_at = models.DateTimeField()
    expected_float = models.BigIntegerField()
    opening_float = models.BigIntegerField()
    counted = models.JSONField()
    remark = models.CharField(max_length=200, default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    confirmed_by = RoomRef("identity.User", null=True, db_index=False)
    cashless = models.BooleanField(default=False, db_default=False)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="as_opened", exclude=["closed_at", "handed_in_at", "confirmed_by"]),
            pgtrigger.Protect(
                name="closed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["counter"], condition=Q(closed_at=None), name="drawer_open_at_counter"
            ),
            models.UniqueConstraint(fields=["by"], condition=Q(closed_at=None), name="drawer_open_of_clerk"),
            models.CheckConstraint(condition=Q(opening_float__gte=0), name="drawer_float"),
            models.CheckConstraint(
                condition=Q(opening_float=F("expected_float")) | ~Q(remark=""), name="drawer_float_explained"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="drawer_closed_later"
            ),
            models.CheckConstraint(
                condition=(
                    Q(closed_at=None, confirmed_by=None)
                    | (
                        Q(closed_at__isnull=False, handed_in_at__isnull=False, confirmed_by__isnull=False)
                        & (~Q(confirmed_by=F("by")) | Q(cashless=True))
                    )
                ),
                name="drawer_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(cashless=False) | Q(expected_float=0, opening_float=0),
                name="cashless_without_float",
            ),
        ]


class DrawerEntry(models.Model):
    """One movement: what came in, what went out, and their difference. A sale's `given` is its change."""

    drawer = models.ForeignKey(DrawerSession, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10)
    means = models.CharField(max_length=20)
    received = models.BigIntegerField()
    given = models.BigIntegerField()
    amount = models.BigIntegerField()
    payment = RoomRef("ledger.Payment", null=True, db_index=False)
    reason = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["payment", "kind", "means"], name="entry_of_payment"),
            models.CheckConstraint(condition=Q(amount=F("received") - F("given")), name="entry_amount"),
            models.CheckConstraint(
                condition=(
                    Q(kind=EntryKind.SALE.value, payment__isnull=False, amount__gt=0, given__gte=0)
                    | Q(kind=EntryKind.REFUND.value, payment__isnull=False, received=0, given__gt=0)
                    | (Q(kind=EntryKind.CASH_IN.value, payment=None, received__gt=0, given=0) & ~Q(reason=""))
                    | (
                        Q(
                            kind__in=[EntryKind.CASH_OUT.value, EntryKind.PAYOUT.value],
                            payment=None,
                            received=0,
                            given__gt=0,
                        )
                        & ~Q(reason="")
                    )
                ),
                name="entry_kind",
            ),
        ]


class DrawerCount(models.Model):
    """A blind count: pieces by denomination in fen, and what should have been there up to entry `upto` (LAW-40)."""

    drawer = models.ForeignKey(DrawerSession, on_delete=models.PROTECT, related_name="counts", db_index=False)
    turn = models.PositiveSmallIntegerField()
    counted = models.JSONField()
    amount = models.BigIntegerField()
    expected = models.BigIntegerField()
    upto = models.BigIntegerField()
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["drawer", "turn"], name="count_turn"),
            models.UniqueConstraint(fields=["id", "drawer"], name="count_of_drawer"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="count_amount"),
        ]


class DrawerStep(models.Model):
    """Handed in, returned or confirmed. Its difference is the over/short record: with a reason, never changed (LAW-40)."""

    drawer = models.ForeignKey(DrawerSession, on_delete=models.PROTECT, related_name="steps")
    count = models.ForeignKey(DrawerCount, on_delete=models.PROTECT, related_name="steps", db_index=False)
    kind = models.CharField(max_length=10)
    difference = models.BigIntegerField()
    reason = models.CharField(max_length=200, default="", blank=True)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["handed_in", "returned", "confirmed"]), name="step_kind"
            ),
            models.CheckConstraint(
                condition=(Q(difference=0) & ~Q(kind="returned")) | ~Q(reason=""), name="step_explained"
            ),
            models.UniqueConstraint(
                fields=["drawer"], condition=Q(kind="confirmed"), name="step_confirmed_once"
            ),
        ]


class RefusedNote(models.Model):
    """A note that looked false, refused and given back: a hall may not keep it, so there is no column for that (LAW-02)."""

    hall = RoomRef("organisation.Hall", db_index=False)
    counter = RoomRef("organisation.Counter", db_index=False)
    piece = models.BigIntegerField()
    pieces = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=20, default="", blank=True)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "at"], name="refused_note_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(piece__gt=0, pieces__gt=0), name="refused_note_of_money")
        ]
