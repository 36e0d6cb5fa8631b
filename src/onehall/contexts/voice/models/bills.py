"""Money paid in, and bills. Amounts are units of 1/10000 yuan unless they say fen; what is written stays."""

import pgtrigger
from django.db import models
from django.db.models import Q

from onehall.contexts.voice.models.lines import Line
from onehall.foundation.database import RoomRef, append_only, append_only_unless


class TopUp(models.Model):
    """Money paid in, or taken back. `reference` is the source's own number, so that it counts once.

    What is left when a line ends goes to another line (`moved`) or the customer's balance (`balance`), or is given up (`waived`): below zero on the line that ends.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10)
    reference = models.CharField(max_length=64)
    undone = models.BooleanField()
    amount = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        triggers = append_only_unless(~pgtrigger.Q(old__source="register"))
        constraints = [
            models.UniqueConstraint(fields=["source", "reference", "undone"], name="paid_in_once"),
            models.CheckConstraint(
                condition=Q(undone=False, amount__gt=0)
                | Q(undone=True, amount__lt=0)
                | Q(source__in=["opening", "moved", "waived", "balance"]),
                name="paid_in_sign",
            ),
        ]


class MonthRun(models.Model):
    """The bills of a month: drafted as a trial, approved by a second person, or withdrawn (BIL-04, LAW-12)."""

    month = models.DateField()
    asked_by = RoomRef("identity.User", db_index=False)
    asked_at = models.DateTimeField()
    drafted_at = models.DateTimeField(null=True)
    approved_by = RoomRef("identity.User", null=True, db_index=False)
    approved_at = models.DateTimeField(null=True)
    withdrawn_by = RoomRef("identity.User", null=True, db_index=False)
    withdrawn_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month"], condition=Q(withdrawn_at__isnull=True), name="one_run_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("asked_by")),
                name="run_second_person",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True)
                | Q(drafted_at__isnull=False, withdrawn_at__isnull=True),
                name="run_drafted_first",
            ),
        ]


class Bill(models.Model):
    """A line's month: `fen` is booked, `carried` units go on to the next month; `mean` of the months before in units, null without any.

    References are not checked row by row: one function writes bills, from lines and a run it has just read; no run is deleted, and a line only before it has a bill.
    """

    run = models.ForeignKey(
        MonthRun, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    hall = RoomRef("organisation.Hall", db_index=False, db_constraint=False)
    month = models.DateField()
    plan = models.CharField(max_length=60)
    rent = models.BigIntegerField()
    caller_id = models.BigIntegerField()
    calls = models.BigIntegerField()
    minutes = models.BigIntegerField()
    charge = models.BigIntegerField()
    monthly_credit = models.BigIntegerField()
    monthly_used = models.BigIntegerField()
    annual_used = models.BigIntegerField()
    adjustment = models.BigIntegerField()
    opening = models.BigIntegerField()
    paid_in = models.BigIntegerField()
    closing = models.BigIntegerField()
    carried_in = models.BigIntegerField()
    fen = models.BigIntegerField()
    carried = models.BigIntegerField()
    mean = models.BigIntegerField(null=True)
    outlier = models.BooleanField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="bill_of_line"),
            models.CheckConstraint(
                condition=Q(
                    closing=models.F("opening") + models.F("paid_in") - models.F("rent") - models.F("caller_id")
                    - models.F("charge") + models.F("monthly_used") + models.F("annual_used") - models.F("adjustment")
                ),
                name="bill_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    fen=(
                        models.F("rent") + models.F("caller_id") + models.F("charge") - models.F("monthly_used")
                        - models.F("annual_used") + models.F("adjustment") + models.F("carried_in") - models.F("carried")
                    ) / 100
                ) & Q(carried__gte=0, carried__lt=100),
                name="bill_booked",
            ),
        ]  # fmt: skip
