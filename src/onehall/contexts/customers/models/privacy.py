"""What a customer agreed to, what the law holds back, and what was deleted at their wish (LAW-30, REC-02)."""

from django.db import models
from django.db.models import Q

from onehall.contexts.customers.models.parties import AccessPurpose, Party
from onehall.contexts.customers.rules.privacy import ConsentKind
from onehall.foundation.database import RoomRef, append_only

_CODE = 24


class Consent(models.Model):
    """One word of the customer: given or taken back, to which version of the text; the newest of a kind holds. Never altered."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=_CODE)
    version = models.CharField(max_length=20)
    given = models.BooleanField()
    guardian = models.BooleanField(default=False)
    at = models.DateTimeField()
    hall = RoomRef("organisation.Hall")
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[str(one) for one in ConsentKind]), name="consent_kind"
            )
        ]
        indexes = [models.Index(fields=["party", "kind", "-id"], name="consent_newest")]


class LegalHold(models.Model):
    """Nothing of this customer is deleted while a court, the police or a dispute needs it (REC-02)."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    placed_at = models.DateTimeField()
    placed_by = RoomRef("identity.User")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = RoomRef("identity.User", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(lifted_at=None), name="legal_hold_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="legal_hold_reason"),
        ]


class DeletionRequest(models.Model):
    """A customer's wish to be deleted; refused with `obstacles`, or waiting for the manager (LAW-30). Never altered."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    hall = RoomRef("organisation.Hall")
    by = RoomRef("identity.User")
    at = models.DateTimeField()
    obstacles = models.JSONField(default=list)

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "-at"], name="deletion_asked_by_hall")]


class DeletionCertificate(models.Model):
    """That a customer's particulars are gone: how many of what, by whom, with a code to prove it; never altered (REC-02)."""

    request = models.OneToOneField(
        DeletionRequest, models.PROTECT, primary_key=True, related_name="certificate"
    )
    code = models.CharField(max_length=32, unique=True)
    gone = models.JSONField()
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()


class PurposeClosing(models.Model):
    """A purpose that ended before its time: the service was over, the screen cleared (SEC-03); never altered."""

    purpose = models.OneToOneField(AccessPurpose, models.PROTECT, primary_key=True, related_name="closing")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
