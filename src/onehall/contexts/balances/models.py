"""Balances and what moved them. Amounts are whole fen; movements are append-only."""

from django.db import models
from django.db.models import Q

from onehall.contexts.balances.contracts import Kind
from onehall.foundation.database import RoomRef, append_only


class Balance(models.Model):
    """What a customer has left: the sum of the movements, never below zero."""

    party = RoomRef("customers.Party", unique=True)
    amount = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="balance_not_below_zero"),
        ]


class Movement(models.Model):
    """A movement, once for each order, payment or request on each balance."""

    balance = models.ForeignKey(Balance, on_delete=models.PROTECT, related_name="movements", db_index=False)
    kind = models.CharField(max_length=10)
    reference = models.BigIntegerField()
    amount = models.BigIntegerField()
    hall = RoomRef("organisation.Hall", db_index=False)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["balance", "kind", "reference"], name="balance_moved_once"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[Kind.DEPOSIT.value, Kind.PUT_BACK.value, Kind.MOVED_IN.value], amount__gt=0
                )
                | Q(kind__in=[Kind.TAKEN_BACK.value, Kind.SPENT.value, Kind.REFUND.value], amount__lt=0),
                name="balance_movement_sign",
            ),
        ]
