"""Two records of one customer (CUS-06): a merge is a row, nothing is moved, and so undoing it is exact."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from onehall.contexts.customers.models.parties import Party
from onehall.foundation.database import RoomRef, append_only


class Merge(models.Model):
    """`absorbed` is read as `survivor` until it is undone; who, when and why stay for good."""

    absorbed = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    survivor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    suspicion = models.CharField(max_length=24)
    documents_seen = models.BooleanField()
    reason = models.CharField(max_length=300)
    hall = RoomRef("organisation.Hall")
    at = models.DateTimeField()
    by = RoomRef("identity.User")
    undone_at = models.DateTimeField(null=True)
    undone_by = RoomRef("identity.User", null=True)
    undone_reason = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="merged_into_one"
            ),
            models.CheckConstraint(condition=~Q(absorbed=F("survivor")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | (Q(undone_at__gte=F("at"), undone_by__isnull=False) & ~Q(undone_reason="")),
                name="merge_undone_facts",
            ),
        ]
        indexes = [
            models.Index(fields=["survivor"], condition=Q(undone_at__isnull=True), name="merges_of_survivor")
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="merged_as_merged",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "row(new.absorbed_id, new.survivor_id, new.reason, new.at, new.by_id) is distinct from"
                    " row(old.absorbed_id, old.survivor_id, old.reason, old.at, old.by_id)"
                ),
            ),
        ]


class Distinction(models.Model):
    """Somebody looked and found two people: the pair is not suspected again. The smaller number stands first."""

    first = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    hall = RoomRef("organisation.Hall")
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="distinct_in_order"),
        ]
