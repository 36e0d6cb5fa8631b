"""Papers that were ticked off for a basket, and what was told to be missing (ORD-03)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onehall.contexts.customers.models.parties import Party
from onehall.foundation.database import RoomRef, append_only


class PaperSeen(models.Model):
    """A paper of the checklist that somebody saw; `basket` is the service for which it was asked."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    basket = models.BigIntegerField()
    paper = models.CharField(max_length=40)
    hall = RoomRef("organisation.Hall")
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["party", "basket", "paper"], name="paper_seen_once")]


class PapersTold(models.Model):
    """What the customer was told to bring, once and completely, and the slip that says so."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    basket = models.BigIntegerField()
    missing = ArrayField(models.CharField(max_length=40))
    document = models.BigIntegerField()
    hall = RoomRef("organisation.Hall")
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["basket"], name="papers_told_of_basket")]
