"""What a check of a sampled order found (ORD-17)."""

from django.db import models

from onehall.contexts.orders.models.sales import ServiceOrder
from onehall.foundation.database import RoomRef, append_only


class OrderCheck(models.Model):
    """One order, checked once; the result stands."""

    order = models.OneToOneField(ServiceOrder, models.PROTECT, primary_key=True, related_name="+")
    hall = RoomRef("organisation.Hall")
    good = models.BooleanField()
    faults = models.JSONField(default=list)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "at"], name="orders_checked_by_hall")]
