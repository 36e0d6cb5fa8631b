"""What was corrected in a customer's record, by whom, and who had written it down (SEC-05, CUS-03)."""

from django.db import models
from django.db.models import Q

from onehall.contexts.customers.models.parties import Party
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.vault import EncryptedField


class Correction(models.Model):
    """One particular, old and new value encrypted; `previous` is the correction that had written the old value.

    `order` is the service order by which the customer asked for it, `target` the row of a document or telephone.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    target = models.BigIntegerField(null=True)
    old = EncryptedField(null=True)
    new = EncryptedField()
    cause = models.CharField(max_length=24)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    entered_by = RoomRef("identity.User")
    entered_at = models.DateTimeField()
    purpose = models.ForeignKey("customers.AccessPurpose", on_delete=models.PROTECT, related_name="+")
    order = models.BigIntegerField()
    hall = RoomRef("organisation.Hall")
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["name", "document", "phone"]), name="correction_kind"
            ),
            models.CheckConstraint(condition=Q(cause__in=["entry", "changed"]), name="correction_cause"),
        ]
        indexes = [models.Index(fields=["party", "-id"], name="corrections_of_party")]
