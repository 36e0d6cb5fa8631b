"""VIP levels, key-account supervisors and authorised contacts (CUS-07)."""

from django.db import models

from onehall.contexts.customers.models.parties import AccessPurpose, Party
from onehall.contexts.customers.rules.standing import VipLevel
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.vault import EncryptedField


class VipRank(models.Model):
    """A level given or taken away, with its reason; the newest of a customer holds until `until`. Never altered."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    level = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)
    until = models.DateTimeField()
    at = models.DateTimeField()
    hall = RoomRef("organisation.Hall")
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=[str(one) for one in VipLevel]), name="vip_level_known"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="vip_has_reason"),
        ]
        indexes = [models.Index(fields=["party", "-id"], name="vip_newest")]


class Supervision(models.Model):
    """Who is responsible for an organisation's account; the newest holds. Never altered."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    supervisor = RoomRef("identity.User")
    at = models.DateTimeField()
    hall = RoomRef("organisation.Hall")
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["party", "-id"], name="supervision_newest")]


class AuthorisedContact(models.Model):
    """Somebody who may act for an organisation: by which document, for what, until which day."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    document_kind = models.CharField(max_length=24)
    number = EncryptedField()
    phone = EncryptedField(null=True)
    mandates = models.JSONField()
    until = models.DateField()
    at = models.DateTimeField()
    hall = RoomRef("organisation.Hall")
    by = RoomRef("identity.User")
    ended_at = models.DateTimeField(null=True)
    ended_by = RoomRef("identity.User", null=True)

    class Meta:
        indexes = [models.Index(fields=["party"], name="contacts_of_party")]


class Acting(models.Model):
    """Under which authorisation a purpose was stated: who stood at the counter for the organisation. Never altered."""

    purpose = models.OneToOneField(AccessPurpose, models.PROTECT, primary_key=True, related_name="acting")
    contact = models.ForeignKey(AuthorisedContact, models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only()
