"""Tables of the numbers room."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q

from onehall.contexts.numbers.contracts import BookRange
from onehall.contexts.numbers.rules import printed_number
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.values.ids import BookId, CounterId, HallId


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
            models.CheckConstraint(
                condition=Q(state__in=["free", "reserved", "in_use", "quarantined"]),
                name="numbers_number_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="reserved") | Q(basket__isnull=False, reserved_until__isnull=False),
                name="numbers_number_reserved_for",
            ),
            models.CheckConstraint(
                condition=~Q(state="quarantined") | Q(quarantined_until__isnull=False),
                name="numbers_number_quarantine_ends",
            ),
        ]
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


class Book(models.Model):
    """A book of continuous numbers issued to a counter; `next` is the number its next paper carries (RCP-01).

    Ranges of one kind and prefix never overlap: exclusion constraint in migration 0002.
    """

    kind = models.TextField()
    hall = RoomRef("organisation.Hall", db_index=False)
    counter = RoomRef("organisation.Counter", db_index=False)
    prefix = models.TextField(blank=True)
    width = models.SmallIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    next = models.BigIntegerField()
    issued_at = models.DateTimeField()
    by = RoomRef("identity.User", null=True, db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lte=F("last"), next__gte=F("first"), next__lte=F("last") + 1),
                name="numbers_book_within_range",
            ),
        ]
        indexes = [models.Index(fields=["counter", "kind", "id"], name="numbers_books_of_counter")]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="forward_one_by_one",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "new.next <> old.next + 1 or (new.kind, new.prefix, new.width, new.first, new.last)"
                    " is distinct from (old.kind, old.prefix, old.width, old.first, old.last)"
                ),
            ),
        ]

    def as_range(self) -> BookRange:
        """The book as it crosses the door, numbers as they stand on the paper."""

        def printed(number: int) -> str:
            return printed_number(prefix=self.prefix, number=number, width=self.width)

        return BookRange(
            id=BookId(self.pk),
            kind=self.kind,
            hall_id=HallId(self.hall_id),
            counter_id=CounterId(self.counter_id),
            prefix=self.prefix,
            first_number=printed(self.first),
            last_number=printed(self.last),
            next_number=printed(self.next) if self.next <= self.last else "",
            remaining=self.last - self.next + 1,
        )


class BookReturn(models.Model):
    """A used-up book, back with every stub (RCP-02); migration 0111 holds it to the book's size."""

    book = models.OneToOneField(Book, on_delete=models.PROTECT, primary_key=True, related_name="+")
    stubs = models.IntegerField()
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
