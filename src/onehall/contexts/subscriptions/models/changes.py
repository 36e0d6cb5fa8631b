"""What happened to a line in its life: moves, suspensions, and the talk before it ends."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from onehall.contexts.subscriptions.models.lines import Subscription
from onehall.foundation.database import RoomRef, append_only


class Move(models.Model):
    """移机: the line left its dwelling or its account name for another, or both (CHG-04); `void_at` when the sale was taken back."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="moves")
    from_dwelling = RoomRef("customers.Premises")
    from_account = models.TextField()
    to_dwelling = RoomRef("customers.Premises")
    to_account = models.TextField()
    order = RoomRef("orders.ServiceOrder")
    at = models.DateTimeField()
    by = RoomRef("identity.User")
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "subscription"], name="subscriptions_move_of_order"),
            models.CheckConstraint(
                condition=~Q(from_account=F("to_account"), from_dwelling=F("to_dwelling")),
                name="subscriptions_moves_something",
            ),
        ]


class Suspension(models.Model):
    """停机保号: the line rests in `[starts_at, ends_at)` and what is paid ends later by that time (CHG-03).

    `anchors` are the anchor days that the moved terms had, the running one first; `resumed_at` is when the clock saw the end.
    """

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="suspensions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    anchors = ArrayField(models.SmallIntegerField())
    order = RoomRef("orders.ServiceOrder")
    at = models.DateTimeField()
    by = RoomRef("identity.User")
    void_at = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order"], name="subscriptions_suspension_once"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="subscriptions_suspension_forward"
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_at"], name="subscriptions_to_resume",
                condition=Q(void_at__isnull=True, resumed_at__isnull=True),
            )
        ]  # fmt: skip


class Retention(models.Model):
    """挽留: why a customer wants to leave, what was offered, and how it came out (CHG-07). Without words for porting (LAW-05)."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="+")
    hall = RoomRef("organisation.Hall")
    reason = models.TextField()
    words = models.TextField(blank=True)
    offer = models.TextField(blank=True)
    outcome = models.TextField()
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["left", "booked", "stayed"]), name="subscriptions_retention_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(reason="porting") | Q(words="", offer=""), name="subscriptions_porting_no_talk"
            ),
        ]
        indexes = [models.Index(fields=["hall", "at"], name="subscriptions_retention_by_day")]
