"""Principals, and what was sold beside lines. Amounts are whole fen; rows stay, and end at most once."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from onehall.contexts.goods import contracts
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.values.ids import HallId, OrderId
from onehall.foundation.values.money import Money


def _ends_once(name: str, columns: list[str]) -> list[pgtrigger.Trigger]:
    """What was written stays, but for these columns, which are filled in once."""
    set_before = " or ".join(
        f"(old.{one} is not null and new.{one} is distinct from old.{one})" for one in columns
    )
    fields = [one.removesuffix("_id") for one in columns]
    return [
        pgtrigger.Protect(name=f"{name}_kept", operation=pgtrigger.Delete),
        pgtrigger.Protect(
            name=f"{name}_ends_once",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(f"({set_before})"),
        ),
        pgtrigger.ReadOnly(name=f"{name}_as_sold", exclude=fields),
    ]


class Principal(models.Model):
    """Whose money is collected, and on which account of the books it stands; no two share one."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    account = models.CharField(max_length=20, unique=True)
    changed_at = models.DateTimeField()


class AddOn(models.Model):
    """A third party's service on a line, by the order that paid it. `ended_at`: cancelled, or taken back with its sale."""

    order = RoomRef("orders.ServiceOrder", unique=True)
    hall = RoomRef("organisation.Hall", db_index=False)
    subscription = RoomRef("subscriptions.Subscription")
    offering = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        triggers = _ends_once("add_on", ["ended_at"])
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="add_on_period_forward")
        ]


class Handset(models.Model):
    """A handset by its serial, in one pair of hands until it comes back."""

    order = RoomRef("orders.ServiceOrder", unique=True)
    hall = RoomRef("organisation.Hall", db_index=False)
    offering = models.CharField(max_length=40)
    serial = models.CharField(max_length=20)
    sold_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        triggers = _ends_once("handset", ["returned_at"])
        constraints = [
            models.UniqueConstraint(
                fields=["serial"], condition=Q(returned_at=None), name="handset_in_one_hand"
            )
        ]

    def as_contract(self) -> contracts.Handset:
        """The handset as it crosses the door."""
        return contracts.Handset(
            OrderId(self.order_id), self.offering, self.serial, self.sold_at, self.returned_at
        )


class Settlement(models.Model):
    """Paid over to a principal by a named person, for what one hall had collected until the end of a month."""

    principal = models.ForeignKey(Principal, on_delete=models.PROTECT, related_name="+")
    hall = RoomRef("organisation.Hall", db_index=False)
    month = models.DateField()
    amount = models.BigIntegerField()
    transfer = models.CharField(max_length=60)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="settlement_pays")]


class Collected(models.Model):
    """Money of a principal, by the order that paid it: given back, or paid over, never both."""

    order = RoomRef("orders.ServiceOrder", unique=True)
    principal = models.ForeignKey(Principal, on_delete=models.PROTECT, related_name="+", db_index=False)
    hall = RoomRef("organisation.Hall", db_index=False)
    reference = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="items", null=True)

    class Meta:
        triggers = _ends_once("collected", ["given_back_at", "settlement_id"])
        indexes = [models.Index(fields=["principal", "hall", "at"], name="collected_by_principal")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="collected_positive"),
            models.CheckConstraint(
                condition=Q(given_back_at=None) | Q(settlement=None), name="collected_goes_one_way"
            ),
        ]

    def as_contract(self) -> contracts.Collected:
        """The item as it crosses the door."""
        return contracts.Collected(
            order=OrderId(self.order_id), principal=self.principal_id, hall=HallId(self.hall_id), reference=self.reference,
            amount=Money(self.amount), at=self.at, given_back_at=self.given_back_at, settlement=self.settlement_id,
        )  # fmt: skip
