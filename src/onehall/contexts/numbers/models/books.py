"""Books of continuous numbers at counters, and their way back (RCP-01, RCP-02)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from onehall.contexts.numbers.contracts import BookRange
from onehall.contexts.numbers.rules import printed_number
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.values.ids import BookId, CounterId, HallId


class Book(models.Model):
    """A book of continuous numbers issued to a counter; `next` is the number its next paper carries (RCP-01). A series that is not
    `paper` has numbers alone: nobody holds it, it has no stubs.

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
    paper = models.BooleanField(default=True, db_default=True)
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
            id=BookId(self.pk), kind=self.kind, hall_id=HallId(self.hall_id), counter_id=CounterId(self.counter_id), prefix=self.prefix,
            first_number=printed(self.first), last_number=printed(self.last), remaining=self.last - self.next + 1,
            next_number=printed(self.next) if self.next <= self.last else "",
        )  # fmt: skip


class BookReturn(models.Model):
    """A used-up book, back with every stub (RCP-02); migrations 0111 and 0152 hold it to the book's size and to stubs written off."""

    book = models.OneToOneField(Book, on_delete=models.PROTECT, primary_key=True, related_name="+")
    stubs = models.IntegerField()
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class BookHolding(models.Model):
    """Who has a book from `at` on; the newest row of a book counts. Nobody hands a book to himself (RCP-02)."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = RoomRef("identity.User", db_index=False)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["book", "-id"], name="numbers_holding_newest")]
        constraints = [models.CheckConstraint(condition=~Q(person=F("by")), name="book_not_to_oneself")]


class SpoiltPaper(models.Model):
    """A number on no receipt: torn, jammed, miswritten; kept with its reason and every copy (RCP-01)."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.TextField()
    copies = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="spoilt_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="spoilt_with_reason"),
        ]


class StubCheck(models.Model):
    """销号: the stubs `first` to `last` of a book, looked through for the report of a day; migration 0152 keeps them adjoining."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    stubs = models.IntegerField()
    voids = models.IntegerField()
    voids_due = models.IntegerField()
    reason = models.CharField(max_length=200, blank=True)
    upto = models.DateTimeField()
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["book", "first"], name="stubs_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="stubs_in_order"),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(stubs=F("last") - F("first") + 1, voids=F("voids_due")),
                name="stubs_differ_with_reason",
            ),
        ]
