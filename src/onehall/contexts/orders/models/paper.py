"""补录: a form that was written while the system was down, and typed in afterwards (CON-03)."""

from django.db import models
from django.db.models import F, Q

from onehall.contexts.orders import rules
from onehall.contexts.orders.models.sales import Basket
from onehall.foundation.database import RoomRef
from onehall.foundation.values.ids import BasketId, UserId


class PaperEntry(models.Model):
    """Who wrote the form and when, who typed it and when, and why it was written at all.

    A basket that is given up, or a sale that is voided, withdraws its entry: then the form may be typed again.
    """

    basket = models.OneToOneField(Basket, models.PROTECT, primary_key=True, related_name="+")
    hall = RoomRef("organisation.Hall")
    number = models.TextField()
    written_at = models.DateTimeField()
    written_by = RoomRef("identity.User")
    incident = models.TextField()
    hand_receipt = models.TextField(blank=True)
    typed_at = models.DateTimeField()
    typed_by = RoomRef("identity.User")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "number"], condition=Q(withdrawn_at__isnull=True), name="orders_paper_once"
            ),
            models.UniqueConstraint(
                fields=["hall", "hand_receipt"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(hand_receipt=""),
                name="orders_hand_receipt_once",
            ),
            models.CheckConstraint(
                condition=Q(written_at__lte=F("typed_at")) & ~Q(number="") & ~Q(incident=""),
                name="orders_paper_before_typing",
            ),
        ]
        indexes = [models.Index(fields=["hall", "typed_at"], name="orders_paper_typed")]

    def as_contract(self) -> rules.PaperForm:
        """The entry as it crosses the door."""
        return rules.PaperForm(
            basket_id=BasketId(self.pk), number=self.number, written_at=self.written_at,
            written_by=UserId(self.written_by_id), incident=self.incident, hand_receipt=self.hand_receipt,
            typed_at=self.typed_at, typed_by=UserId(self.typed_by_id),
        )  # fmt: skip
