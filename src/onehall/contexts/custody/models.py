"""Drawers and what passed through them. Amounts are whole fen; what goes out is negative."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from onehall.contexts.custody.contracts import EntryKind
from onehall.foundation.database import RoomRef, append_only


class DrawerSession(models.Model):
    """A clerk's shift at a counter, from the counted float on (CSH-01). Only its closing is written later.

    `counted` is pieces by denomination in fen, `remark` explains a float that differs from `expected_float`.
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

    class Meta:
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="as_opened", exclude=["closed_at"]),
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
                        Q(kind=EntryKind.CASH_OUT.value, payment=None, received=0, given__gt=0)
                        & ~Q(reason="")
                    )
                ),
                name="entry_kind",
            ),
        ]
