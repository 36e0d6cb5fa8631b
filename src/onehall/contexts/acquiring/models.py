"""Charges and what was heard of them. Amounts are whole fen; all but `Pending` is append-only."""

from django.db import models
from django.db.models import Q

from onehall.contexts.acquiring.contracts import Provider, State, Way
from onehall.foundation.database import RoomRef, append_only


class Charge(models.Model):
    """A sum that a provider was asked to take from a customer for a basket; `number` is ours (out_trade_no)."""

    hall = RoomRef("organisation.Hall", db_index=False)
    counter = RoomRef("organisation.Counter", db_index=False)
    by = RoomRef("identity.User", db_index=False)
    basket = RoomRef("orders.Basket")
    provider = models.CharField(max_length=20)
    way = models.CharField(max_length=10)
    number = models.CharField(max_length=32, unique=True)
    amount = models.BigIntegerField()
    asked_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "asked_at"], name="charge_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="charge_positive"),
            models.CheckConstraint(
                condition=Q(provider__in=[one.value for one in Provider]), name="charge_provider"
            ),
            models.CheckConstraint(condition=Q(way__in=[one.value for one in Way]), name="charge_way"),
        ]


class ChargeEvent(models.Model):
    """What became of a charge, in order; the last one is its state. `by` is empty where the provider or the clock spoke.

    `transaction` is the provider's name of a success, and of a refund the slip that somebody typed: each once in the province.
    """

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=20)
    transaction = models.CharField(max_length=64, default="", blank=True)
    paid_at = models.DateTimeField(null=True)
    code_url = models.CharField(max_length=512, default="", blank=True)
    why = models.CharField(max_length=200, default="", blank=True)
    payer = models.CharField(max_length=24, default="", db_default="", blank=True)
    approval = models.CharField(max_length=12, default="", db_default="", blank=True)
    by = RoomRef("identity.User", null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(
                fields=["charge"], condition=Q(state="succeeded"), name="charge_succeeds_once"
            ),
            models.UniqueConstraint(
                fields=["charge"], condition=Q(state="refunded"), name="charge_refunded_once"
            ),
            models.UniqueConstraint(
                fields=["transaction"],
                condition=Q(state__in=["succeeded", "refunded"]) & ~Q(transaction=""),
                name="slip_once",
            ),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="charge_state"),
            models.CheckConstraint(
                condition=~Q(state="succeeded") | ~Q(transaction="") & Q(paid_at__isnull=False),
                name="success_has_transaction",
            ),
            models.CheckConstraint(condition=~Q(payer__regex=r"\d{7}"), name="payer_masked"),
        ]


class ChargeUse(models.Model):
    """The one payment that a charge became part of."""

    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="use")
    payment = RoomRef("ledger.Payment")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Pending(models.Model):
    """A charge that its provider is to be asked about again; the row goes once nothing is open."""

    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="pending")
    next_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
