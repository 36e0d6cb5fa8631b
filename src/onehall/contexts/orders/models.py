"""Tables of the orders room."""

import pgtrigger
from django.db import models
from django.db.models import Q

from onehall.foundation.database import RoomRef, append_only


class Basket(models.Model):
    """What one customer wants at one counter, before and after it is paid (ORD-01)."""

    hall = RoomRef("organisation.Hall")
    counter = RoomRef("organisation.Counter")
    party = RoomRef("customers.Party")
    by = RoomRef("identity.User")
    state = models.TextField(default="open")
    policy_version = models.BigIntegerField()
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = RoomRef("identity.User", null=True)
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
            models.Index(fields=["hall", "state"], name="orders_baskets_waiting", condition=Q(state__in=["open", "held"]))
        ]
        triggers = [
            pgtrigger.Protect(
                name="settled_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__state="settled")
            )
        ]


class BasketHold(models.Model):
    """A basket put aside, and when it was taken up again (ORD-03, ORD-12)."""

    basket = models.ForeignKey(Basket, models.PROTECT, related_name="holds")
    reason = models.TextField()
    held_at = models.DateTimeField()
    by = RoomRef("identity.User")
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["basket"], condition=Q(resumed_at__isnull=True), name="orders_one_hold")
        ]


class BasketItem(models.Model):
    """One priced line of a basket: the amount in fen, what it will bring, and the rules that made it so."""

    basket = models.ForeignKey(Basket, models.PROTECT, related_name="items")
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
    by = RoomRef("identity.User")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["basket", "line"], name="orders_item_line_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0, quantity__gte=1), name="orders_item_amount"),
        ]


class ServiceOrder(models.Model):
    """One service that was paid for. Subscription and serial may be filled in once, inside the same sale."""

    hall = RoomRef("organisation.Hall")
    basket = models.ForeignKey(Basket, models.PROTECT, related_name="orders")
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
    by = RoomRef("identity.User")

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
                    "(new.basket_id, new.line, new.kind, new.offering, new.price_version, new.quantity, new.amount_fen,"
                    " new.party_id, new.accepted_at) is distinct from (old.basket_id, old.line, old.kind, old.offering,"
                    " old.price_version, old.quantity, old.amount_fen, old.party_id, old.accepted_at)"
                ),
            ),
        ]


class _OrderStep(models.Model):
    """A state is a row: who brought the order there, and when."""

    order = models.OneToOneField(ServiceOrder, models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()
    by = RoomRef("identity.User")

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
    """The customer's signature under the acceptance form, on paper or on screen (ORD-02, LAW-32)."""

    basket = models.OneToOneField(Basket, models.PROTECT, primary_key=True, related_name="+")
    method = models.TextField()
    document_sha256 = models.BinaryField(max_length=32, null=True)
    strokes = models.JSONField(null=True)
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(method="paper") | Q(method="screen", strokes__isnull=False, document_sha256__isnull=False),
                name="orders_signature_evidence",
            )
        ]
