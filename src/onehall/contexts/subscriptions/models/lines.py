"""Subscriptions with their terms, points and endings."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Reverse

from onehall.contexts.subscriptions import contracts
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.values.ids import OrderId, PartyId, PremisesId, SubscriptionId, TermId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period


class Subscription(models.Model):
    """A service that a customer has at a dwelling. It lives until `ended_at` is set."""

    party = RoomRef("customers.Party")
    dwelling = RoomRef("customers.Premises")
    kind = models.TextField()
    account_name = models.TextField()
    serial = models.TextField(unique=True)
    order = RoomRef("orders.ServiceOrder", null=True)
    opened_at = models.DateTimeField()
    by = RoomRef("identity.User", null=True, db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_name"],
                condition=Q(ended_at__isnull=True),
                name="subscriptions_account_live_once",
            )
        ]
        indexes = [
            models.Index(fields=["account_name"], name="subscriptions_by_account"),
            models.Index(Reverse("account_name"), name="subscriptions_by_account_end"),
        ]

    def as_contract(self) -> contracts.Subscription:
        """The subscription with its live terms and a standing ending, as it crosses the door; reads prefetched rows."""
        terms = sorted((t for t in self.terms.all() if t.cancelled_at is None), key=lambda t: t.starts_at)
        standing = [e for e in self.endings.all() if not hasattr(e, "withdrawal")]
        last = max(standing, key=lambda e: e.pk, default=None)
        return contracts.Subscription(
            id=SubscriptionId(self.pk), party_id=PartyId(self.party_id), dwelling_id=PremisesId(self.dwelling_id),
            kind=self.kind, account_name=self.account_name, serial=self.serial,
            order_id=None if self.order_id is None else OrderId(self.order_id), opened_at=self.opened_at,
            ended_at=self.ended_at, terms=tuple(term.as_contract() for term in terms),
            ending=last.as_contract() if last else None, resting=self._resting(),
        )  # fmt: skip

    def _resting(self) -> Period | None:
        """The last suspension, where the reader asked for it along with the row."""
        start, end = self.__dict__.get("rests_from"), self.__dict__.get("rests_until")
        return Period(start, end) if start and end else None


class Term(models.Model):
    """A paid period `[starts_at, expires_at)`. Live terms of a subscription exclude each other (migration 0002).

    A term that was sold is kept for ever; one that came with a register goes when its import is taken back.
    `anchor_day` is the day of the month that month-ends are counted from, so that 31 January + 1 + 1 months is 31 March.
    `replaced` is a term whose dates moved (ORD-09, CHG-03): it is cancelled, and a copy with the new ones stands in its place.
    """

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="terms")
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    anchor_day = models.SmallIntegerField()
    months = models.SmallIntegerField()
    offering = models.TextField()
    price_version = models.IntegerField()
    price_fen = models.BigIntegerField()
    order = RoomRef("orders.ServiceOrder", null=True)
    policy_version = models.BigIntegerField()
    paid_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = RoomRef("identity.User", null=True, db_index=False)
    replaced = models.BooleanField(db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("expires_at")), name="subscriptions_term_forward"
            )
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], name="subscriptions_expiring", condition=Q(cancelled_at__isnull=True)
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="kept", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__order__isnull=False)
            ),
            pgtrigger.Protect(
                name="sold_as_sold",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "row(new.subscription_id, new.starts_at, new.offering, new.price_version, new.price_fen, new.paid_at)"
                    " is distinct from"
                    " row(old.subscription_id, old.starts_at, old.offering, old.price_version, old.price_fen, old.paid_at)"
                ),
            ),
        ]

    def as_contract(self) -> contracts.Term:
        """The term as it crosses the door."""
        return contracts.Term(
            id=TermId(self.pk), period=Period(self.starts_at, self.expires_at), anchor_day=self.anchor_day,
            months=self.months, offering=self.offering, price_version=self.price_version, price=Money(self.price_fen),
            order_id=None if self.order_id is None else OrderId(self.order_id), paid_at=self.paid_at,
            cancelled=self.cancelled_at is not None,
        )  # fmt: skip


class PointAddition(models.Model):
    """Points opened at a dwelling beyond what it had (ADR-06, FEE-02); `void_at` when the sale was taken back."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="points")
    dwelling = RoomRef("customers.Premises")
    kind = models.TextField()
    quantity = models.SmallIntegerField()
    order = RoomRef("orders.ServiceOrder", null=True)
    at = models.DateTimeField()
    by = RoomRef("identity.User", null=True)
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="subscriptions_points_positive")
        ]


class Ending(models.Model):
    """How and when a subscription ends. `effective_at` may lie ahead (CHG-02); a withdrawn ending stays as history."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="endings")
    kind = models.TextField()
    reason = models.TextField()
    requested_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    by = RoomRef("identity.User", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["now", "at_expiry", "void"]), name="subscriptions_ending_kind"),
        ]  # fmt: skip
        triggers = append_only()

    def as_contract(self) -> contracts.Ending:
        """The ending as it crosses the door."""
        return contracts.Ending(
            contracts.EndingKind(self.kind), self.reason, self.requested_at, self.effective_at
        )


class EndingWithdrawal(models.Model):
    """The customer stays after all."""

    ending = models.OneToOneField(Ending, models.PROTECT, primary_key=True, related_name="withdrawal")
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
