"""Telephone lines, tariffs, calls, charges and bills. Amounts are units of 1/10000 yuan unless they say fen; what is written stays."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onehall.foundation.database import RoomRef, append_only


class Line(models.Model):
    """A number in the hands of one subscription; the number of another subscription later is another line."""

    number = models.CharField(max_length=20)
    subscription = RoomRef("subscriptions.Subscription")
    hall = RoomRef("organisation.Hall", db_index=False)
    opened_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["number", "subscription"], name="line_of_subscription"),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]+$"), name="line_number_digits"),
        ]


class LineVersion(models.Model):
    """What a line is to be from `valid_from` on. At a moment the row written last holds among those that have begun."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateTimeField()
    plan = models.CharField(max_length=60)
    features = ArrayField(models.CharField(max_length=40))
    rent_free = models.BooleanField()
    monthly_credit = models.BigIntegerField()
    annual_credit = models.BigIntegerField()
    annual_credit_until = models.DateField(null=True)
    alarm_threshold = models.BigIntegerField()
    partner = models.CharField(max_length=40, blank=True)
    suspended = models.BooleanField()
    closed = models.BooleanField()
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(monthly_credit__gte=0, annual_credit__gte=0, alarm_threshold__gte=0),
                name="line_amounts",
            ),
            models.CheckConstraint(
                condition=Q(annual_credit=0) | Q(annual_credit_until__isnull=False), name="annual_credit_ends"
            ),
        ]
