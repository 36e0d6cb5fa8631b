"""Ranges on their way from the printer to a hall (RCP-02). Rows are written once; migration 0152 keeps ranges apart and inside each other."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from onehall.foundation.database import RoomRef, append_only

_RANGE = Func("first", "last", Value("[]"), function="int8range")


class BookLot(models.Model):
    """What the custodian of headquarters received from the printer: one range of one kind of paper."""

    kind = models.TextField()
    prefix = models.TextField(blank=True)
    width = models.SmallIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    note = models.CharField(max_length=120)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="lot_in_order"),
            ExclusionConstraint(
                name="numbers_lot_no_overlap", expressions=[("kind", "="), ("prefix", "="), (_RANGE, "&&")]
            ),
        ]


class BookDraw(models.Model):
    """A part of a lot that the custodian handed to a hall's keeper of invoices."""

    lot = models.ForeignKey(BookLot, on_delete=models.PROTECT, related_name="+", db_index=False)
    hall = RoomRef("organisation.Hall", db_index=False)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    keeper = RoomRef("identity.User", db_index=False)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "id"], name="numbers_draws_of_hall")]
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="draw_in_order"),
            models.CheckConstraint(condition=~Q(keeper=F("by")), name="draw_not_to_oneself"),
            ExclusionConstraint(name="numbers_draw_no_overlap", expressions=[("lot", "="), (_RANGE, "&&")]),
        ]


class BookDrawTaken(models.Model):
    """The keeper counted what came and has it."""

    draw = models.OneToOneField(BookDraw, on_delete=models.PROTECT, primary_key=True, related_name="+")
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
