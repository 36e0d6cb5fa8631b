"""Telephone lines and what they cost a month and a minute. Amounts are units of 1/10000 yuan; what is written stays."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onehall.foundation.database import RoomRef, append_only, append_only_unless


class Line(models.Model):
    """A number in the hands of one subscription; the number of another subscription later is another line; `registered` with a register of elsewhere."""

    number = models.CharField(max_length=20)
    subscription = RoomRef("subscriptions.Subscription")
    hall = RoomRef("organisation.Hall", db_index=False)
    opened_at = models.DateTimeField()
    registered = models.BooleanField(db_default=False)

    class Meta:
        triggers = append_only_unless(pgtrigger.Q(old__registered=False))
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
    stopped = models.BooleanField(db_default=False)
    closed = models.BooleanField()
    registered = models.BooleanField(db_default=False)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only_unless(pgtrigger.Q(old__registered=False))
        constraints = [
            models.CheckConstraint(
                condition=Q(monthly_credit__gte=0, annual_credit__gte=0, alarm_threshold__gte=0),
                name="line_amounts",
            ),
            models.CheckConstraint(
                condition=Q(annual_credit=0) | Q(annual_credit_until__isnull=False), name="annual_credit_ends"
            ),
        ]


class LineNumber(models.Model):
    """The number a line has from a moment on, in place of the one it was opened with: its balance and months go on (ADR-03)."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, db_index=True)
    valid_from = models.DateTimeField()
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]+$"), name="line_new_number_digits")
        ]


class Tariff(models.Model):
    """What a plan costs a month from a moment on: rent, and the fee of caller id. Written last holds; nothing is edited (CAT-05)."""

    plan = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    valid_from = models.DateTimeField()
    rent = models.BigIntegerField()
    caller_id = models.BigIntegerField()
    source = models.CharField(max_length=200)
    by = RoomRef("identity.User", null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["plan", "valid_from"], name="tariff_of_plan")]
        constraints = [
            models.CheckConstraint(condition=Q(rent__gte=0, caller_id__gte=0), name="tariff_not_negative")
        ]


class Price(models.Model):
    """What a started minute of a class costs on a plan from a moment on. Written last holds."""

    plan = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    valid_from = models.DateTimeField()
    price = models.BigIntegerField()
    source = models.CharField(max_length=200)
    by = RoomRef("identity.User", null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["plan", "kind", "valid_from"], name="price_of_class")]
        constraints = [models.CheckConstraint(condition=Q(price__gte=0), name="minute_price_not_negative")]


class Prefix(models.Model):
    """The class of numbers that begin so, from a moment on; without a class the prefix is withdrawn."""

    prefix = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=60, blank=True)
    valid_from = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["prefix", "valid_from"], name="prefix_in_time")]
