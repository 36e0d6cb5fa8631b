"""Baskets, what is in them, and the orders that they become."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from onehall.contexts.orders import contracts
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.values.ids import (
    BasketId,
    CounterId,
    HallId,
    ItemId,
    OrderId,
    PartyId,
    PremisesId,
    SubscriptionId,
    UserId,
)
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text
from onehall.foundation.vault import EncryptedField


class Basket(models.Model):
    """What one customer wants at one counter, before and after it is paid (ORD-01)."""

    hall = RoomRef("organisation.Hall", db_index=False)
    counter = RoomRef("organisation.Counter", db_index=False)
    party = RoomRef("customers.Party")
    by = RoomRef("identity.User", db_index=False)
    state = models.TextField(default="open")
    policy_version = models.BigIntegerField()
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = RoomRef("identity.User", null=True, db_index=False)
    settled_fen = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "held", "settled", "abandoned"]), name="orders_basket_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="settled")
                | Q(settled_at__isnull=False, settled_by__isnull=False, settled_fen__isnull=False),
                name="orders_basket_settled_facts",
            ),
            models.UniqueConstraint(
                fields=["counter", "party"], condition=Q(state="open"), name="orders_one_open_basket"
            ),
        ]
        indexes = [
            models.Index(
                fields=["hall", "state"],
                name="orders_baskets_waiting",
                condition=Q(state__in=["open", "held"]),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="settled_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__state="settled")
            )
        ]

    def as_contract(self) -> contracts.Basket:
        """The basket with its items as it crosses the door."""
        hold = next((hold.reason for hold in self.holds.all() if hold.resumed_at is None), "")
        return contracts.Basket(
            id=BasketId(self.pk), hall_id=HallId(self.hall_id), counter_id=CounterId(self.counter_id),
            party_id=PartyId(self.party_id), by_id=UserId(self.by_id), state=contracts.BasketState(self.state),
            policy_version=self.policy_version, opened_at=self.opened_at,
            items=tuple(item.as_contract() for item in sorted(self.items.all(), key=lambda item: item.line)),
            hold_reason=hold, settled_at=self.settled_at,
            settled=None if self.settled_fen is None else Money(self.settled_fen),
        )  # fmt: skip


class BasketHold(models.Model):
    """A basket put aside, and when it was taken up again (ORD-03, ORD-12)."""

    basket = models.ForeignKey(Basket, models.PROTECT, related_name="holds")
    reason = models.TextField()
    held_at = models.DateTimeField()
    by = RoomRef("identity.User", db_index=False)
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["basket"], condition=Q(resumed_at__isnull=True), name="orders_one_hold"
            )
        ]


class BasketItem(models.Model):
    """One priced line of a basket: the amount in fen, what it will bring, and the rules that made it so."""

    basket = models.ForeignKey(Basket, models.PROTECT, related_name="items", db_index=False)
    line = models.SmallIntegerField()
    kind = models.TextField()
    offering = models.TextField()
    price_version = models.IntegerField()
    name_zh = models.TextField()
    name_en = models.TextField()
    quantity = models.SmallIntegerField()
    amount_fen = models.BigIntegerField()
    revenue_account = models.TextField()
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    dwelling = RoomRef("customers.Premises", null=True)
    subscription = models.BigIntegerField(null=True)
    rules = models.JSONField(default=list)
    details = models.JSONField(default=dict)
    put_at = models.DateTimeField()
    by = RoomRef("identity.User", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["basket", "line"], name="orders_item_line_once"),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=0, quantity__gte=1), name="orders_item_amount"
            ),
        ]

    @staticmethod
    def columns_of(draft: contracts.ItemDraft) -> dict[str, Any]:
        """A draft as this table's columns."""
        return {
            "kind": draft.business, "offering": draft.offering, "price_version": draft.price_version,
            "name_zh": draft.name.zh, "name_en": draft.name.en, "quantity": draft.quantity,
            "amount_fen": draft.amount.fen, "revenue_account": draft.revenue_account,
            "period_start": draft.period.start if draft.period else None,
            "period_end": draft.period.end if draft.period else None,
            "dwelling_id": draft.dwelling_id, "subscription": draft.subscription_id, "rules": list(draft.rules),
            "details": dict(draft.details),
        }  # fmt: skip

    def as_contract(self) -> contracts.Item:
        """The line as it crosses the door."""
        period = Period(self.period_start, self.period_end) if self.period_start and self.period_end else None
        draft = contracts.ItemDraft(
            business=self.kind, offering=self.offering, price_version=self.price_version,
            name=Text(self.name_zh, self.name_en), quantity=self.quantity, amount=Money(self.amount_fen),
            revenue_account=self.revenue_account, period=period,
            dwelling_id=None if self.dwelling_id is None else PremisesId(self.dwelling_id),
            subscription_id=None if self.subscription is None else SubscriptionId(self.subscription),
            rules=tuple(self.rules), details=self.details,
        )  # fmt: skip
        return contracts.Item(ItemId(self.pk), self.line, draft, self.put_at)


class ServiceOrder(models.Model):
    """One service that was paid for. Subscription and serial may be filled in once, inside the same sale."""

    hall = RoomRef("organisation.Hall", db_index=False)
    basket = models.ForeignKey(Basket, models.PROTECT, related_name="orders", db_index=False)
    line = models.SmallIntegerField()
    kind = models.TextField()
    offering = models.TextField()
    price_version = models.IntegerField()
    name_zh = models.TextField()
    name_en = models.TextField()
    quantity = models.SmallIntegerField()
    amount_fen = models.BigIntegerField()
    revenue_account = models.TextField()
    party = RoomRef("customers.Party")
    dwelling = RoomRef("customers.Premises", null=True)
    subscription = models.BigIntegerField(null=True)
    serial = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    policy_version = models.BigIntegerField()
    accepted_at = models.DateTimeField()
    by = RoomRef("identity.User", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["basket", "line"], name="orders_order_line_once")]
        indexes = [
            models.Index(fields=["subscription"], name="orders_of_subscription"),
            models.Index(fields=["serial"], name="orders_by_serial", condition=~Q(serial="")),
            models.Index(fields=["hall", "accepted_at"], name="orders_of_hall_by_time"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="sold_as_sold",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "row(new.basket_id, new.line, new.kind, new.offering, new.price_version, new.quantity, new.amount_fen,"
                    " new.party_id, new.accepted_at) is distinct from row(old.basket_id, old.line, old.kind, old.offering,"
                    " old.price_version, old.quantity, old.amount_fen, old.party_id, old.accepted_at)"
                ),
            ),
        ]

    def as_contract(self, state: contracts.OrderState) -> contracts.Order:
        """The order as it crosses the door; the rows that make its state are the caller's to read."""
        return contracts.Order(
            id=OrderId(self.pk), hall_id=HallId(self.hall_id), basket_id=BasketId(self.basket_id), line=self.line,
            business=self.kind, offering=self.offering, price_version=self.price_version,
            name=Text(self.name_zh, self.name_en), quantity=self.quantity, amount=Money(self.amount_fen),
            revenue_account=self.revenue_account, party_id=PartyId(self.party_id),
            dwelling_id=None if self.dwelling_id is None else PremisesId(self.dwelling_id),
            subscription_id=None if self.subscription is None else SubscriptionId(self.subscription),
            serial=self.serial, details=self.details, policy_version=self.policy_version, accepted_at=self.accepted_at,
            state=state,
        )  # fmt: skip


class _OrderStep(models.Model):
    """A state is a row: who brought the order there, and when."""

    order = models.OneToOneField(ServiceOrder, models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()
    by = RoomRef("identity.User", db_index=False)

    class Meta:
        abstract = True


class OrderCompletion(_OrderStep):
    """The service works at the customer's."""

    class Meta:
        triggers = append_only()


class OrderArchive(_OrderStep):
    """The case is closed and filed."""

    class Meta:
        triggers = append_only()


class OrderVoid(_OrderStep):
    """The sale was taken back in the same shift."""

    reason = models.TextField()

    class Meta:
        triggers = append_only()


class AcceptanceForm(models.Model):
    """The one acceptance form of a basket: which stored document it is, and the hash that a signature covers (ORD-02)."""

    basket = models.OneToOneField(Basket, models.PROTECT, primary_key=True, related_name="+")
    document = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Signature(models.Model):
    """The customer's signature under the acceptance form, on paper or on screen (ORD-02, LAW-32).

    `document` is the document of record; on screen it is the form whose hash was signed with the strokes drawn into it.
    """

    basket = models.OneToOneField(Basket, models.PROTECT, primary_key=True, related_name="+")
    method = models.TextField()
    document_sha256 = models.BinaryField(max_length=32, null=True)
    strokes = EncryptedField(null=True)
    strokes_sha256 = models.BinaryField(max_length=32, null=True)
    document = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    by = RoomRef("identity.User", db_index=False)

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(method="paper")
                | Q(method="screen", strokes__isnull=False, document_sha256__isnull=False),
                name="orders_signature_evidence",
            )
        ]
