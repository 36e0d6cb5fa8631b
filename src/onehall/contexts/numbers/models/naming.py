"""Numbers and form serials: which are taken, reserved, at rest."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from onehall.foundation.database import RoomRef


class LinePrefix(models.Model):
    """What a number's beginning says about the source of the line (ADR-03). Profile data."""

    kind = models.TextField()
    prefix = models.TextField()
    source = models.TextField()
    name_zh = models.TextField()
    name_en = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "prefix"], name="numbers_prefix_once")]


class NumberRange(models.Model):
    """Numbers that a compound's lines of one source may have (ADR-03). Profile data."""

    kind = models.TextField()
    compound = models.TextField()
    source = models.TextField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "compound", "first"], name="numbers_range_once"),
            models.CheckConstraint(
                condition=Q(first__lte=F("last"), first__gt=0), name="numbers_range_forward"
            ),
        ]


class Number(models.Model):
    """One number resource and where it stands in its life (ADR-07). A number that nobody ever asked for has no row: it is free."""

    kind = models.TextField()
    number = models.TextField()
    source = models.TextField()
    dwelling = RoomRef("customers.Premises", null=True)
    state = models.TextField()
    basket = models.BigIntegerField(null=True)
    reserved_until = models.DateTimeField(null=True)
    quarantined_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    by = RoomRef("identity.User", null=True, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="numbers_number_once"),
            models.CheckConstraint(condition=Q(state__in=["free", "reserved", "in_use", "quarantined"]), name="numbers_number_state"),
            models.CheckConstraint(
                condition=~Q(state="reserved") | Q(basket__isnull=False, reserved_until__isnull=False), name="numbers_number_reserved_for"
            ),
            models.CheckConstraint(condition=~Q(state="quarantined") | Q(quarantined_until__isnull=False), name="numbers_number_quarantine_ends"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["basket"], name="numbers_of_basket", condition=Q(state="reserved"))]


def free_at(at: datetime) -> Q:
    """The numbers that may be had at `at`: reservations and quarantines end by themselves."""
    return (
        Q(state="free")
        | Q(state="reserved", reserved_until__lte=at)
        | Q(state="quarantined", quarantined_until__lte=at)
    )


class FormSerialCounter(models.Model):
    """The last form serial given for a prefix on a day (ORD-07)."""

    prefix = models.TextField()
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "day"], name="numbers_serial_counter_once")]
