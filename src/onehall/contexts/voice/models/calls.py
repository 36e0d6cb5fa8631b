"""Call records as they came, calls, and what they cost. Amounts are units of 1/10000 yuan; what is written stays."""

from django.db import models
from django.db.models import Q

from onehall.contexts.voice.models.lines import Line
from onehall.foundation.database import RoomRef, append_only


class Delivery(models.Model):
    """Call records as somebody brought them: a file, or what a programme sent."""

    hall = RoomRef("organisation.Hall", db_index=False)
    source = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    by = RoomRef("identity.User", null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Raw(models.Model):
    """A row as it was delivered, whatever it says; `reason` where it is no call or came before. Kept as LAW-13 wants, then deleted."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    line = models.BigIntegerField()
    call_id = models.TextField()
    start = models.TextField()
    caller = models.TextField()
    callee = models.TextField()
    seconds = models.TextField()
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "line"], name="raw_line_once")]


class Call(models.Model):
    """A call that happened, known by its id once and for all."""

    call_id = models.TextField(unique=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.BigIntegerField()
    started_at = models.DateTimeField()
    caller = models.TextField()
    callee = models.TextField()
    seconds = models.BigIntegerField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=Q(seconds__gte=0), name="call_length")]


class Waiting(models.Model):
    """A call that is not charged yet; `reason` once it was looked at and could not be, `tried_at` since when it is this one."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, primary_key=True, related_name="+")
    reason = models.CharField(max_length=20, blank=True)
    tried_at = models.DateTimeField(null=True)


class Charge(models.Model):
    """What a call costs: turn 0 once, later turns the differences of a corrected tariff. `late`: its month was in a run already."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+", db_index=False)
    turn = models.PositiveSmallIntegerField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    kind = models.CharField(max_length=40, blank=True)
    minutes = models.BigIntegerField()
    price = models.BigIntegerField()
    amount = models.BigIntegerField()
    late = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [
            models.Index(fields=["line", "month"], name="charge_of_month"),
            models.Index(fields=["line"], condition=Q(late=True), name="charge_late"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "turn"], name="charged_once"),
            models.CheckConstraint(condition=Q(turn__gt=0) | Q(amount__gte=0), name="charge_not_negative"),
        ]
