"""Customers and where they live. Parties and premises belong to the operator; purposes and refusals say which hall."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from onehall.contexts.customers.contracts import (
    ContactKind,
    DocumentKind,
    PaperKind,
    PartyKind,
    PremisesKind,
    PurposeKind,
    Verification,
)
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.vault import EncryptedField

_KIND = 24
_HASH = 16


def _one_of(column: str, kinds: type[StrEnum], name: str, *, empty: bool = False) -> models.CheckConstraint:
    """The database knows the closed list too."""
    allowed = [str(kind) for kind in kinds] + ([""] if empty else [])
    return models.CheckConstraint(condition=models.Q(**{f"{column}__in": allowed}), name=name)


class Party(models.Model):
    """A customer: a person or an organisation. The collation C lets each key serve prefixes and order."""

    kind = models.CharField(max_length=_KIND)
    name = models.CharField(max_length=60, db_collation="C")
    name_keys = ArrayField(models.TextField())
    initials = models.TextField(db_collation="C")
    name_pinyin = models.TextField(db_collation="C")
    address = EncryptedField(null=True)
    registered_hall = RoomRef("organisation.Hall", db_index=False)
    registered_at = models.DateTimeField()
    by = RoomRef("identity.User", db_index=False)

    class Meta:
        constraints = [_one_of("kind", PartyKind, "party_kind")]
        indexes = [
            models.Index(fields=["name", "id"], name="party_by_name"),
            models.Index(fields=["initials", "id"], name="party_by_initials"),
            models.Index(fields=["name_pinyin", "id"], name="party_by_pinyin"),
            GinIndex(fields=["name_keys"], name="party_by_bigrams", fastupdate=False),
        ]


class IdentityDocument(models.Model):
    """The document a customer is registered by; one document, one customer, even for two clerks at once (CUS-02)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=_KIND)
    number = EncryptedField()
    number_hash = models.BinaryField(max_length=_HASH)
    last4_hash = models.BinaryField(max_length=_HASH)
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number_hash", "kind"], name="document_once"),
            _one_of("kind", DocumentKind, "document_kind"),
        ]
        indexes = [models.Index(fields=["last4_hash", "party"], name="document_by_last4")]


class Contact(models.Model):
    """A telephone of a customer; several customers of a household may share one."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=_KIND)
    phone = EncryptedField()
    phone_hash = models.BinaryField(max_length=_HASH)
    last4_hash = models.BinaryField(max_length=_HASH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone_hash", "party"], name="contact_once"),
            _one_of("kind", ContactKind, "contact_kind"),
        ]
        indexes = [models.Index(fields=["last4_hash", "party"], name="contact_by_last4")]


class Agent(models.Model):
    """Who acted for the customer when they were registered, with the document shown (CUS-01)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agents")
    name = models.CharField(max_length=60)
    document_kind = models.CharField(max_length=_KIND)
    number = EncryptedField()
    phone = EncryptedField(null=True)
    at = models.DateTimeField()
    by = RoomRef("identity.User")


class PaperShown(models.Model):
    """A paper laid on the counter: original seen, copy kept, sealed (CUS-01)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=_KIND)
    original = models.BooleanField()
    copy = models.BooleanField()
    sealed = models.BooleanField()
    at = models.DateTimeField()
    by = RoomRef("identity.User")

    class Meta:
        constraints = [_one_of("kind", PaperKind, "paper_kind")]


class Premises(models.Model):
    """A node of the tree compound → building → unit → room (ADR-01); `path` dw/1/2/502 is its natural key."""

    kind = models.CharField(max_length=_KIND)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=60, db_collation="C")
    name = models.CharField(max_length=60, default="")
    name_en = models.CharField(max_length=120, default="")
    full_label = models.CharField(max_length=120)
    full_label_en = models.CharField(max_length=200)
    established_at = models.DateTimeField()
    by = RoomRef("identity.User", null=True, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path"], name="premises_once"),
            _one_of("kind", PremisesKind, "premises_kind"),
            models.CheckConstraint(
                condition=models.Q(kind=str(PremisesKind.COMPOUND), parent=None)
                | (~models.Q(kind=str(PremisesKind.COMPOUND)) & models.Q(parent__isnull=False)),
                name="premises_parent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["path"],
                condition=models.Q(kind=str(PremisesKind.COMPOUND)),
                include=["name", "name_en"],
                name="premises_compounds",
            )
        ]


class AccessPurpose(models.Model):
    """Why somebody opened a customer's record, and until when (SEC-01, SEC-02); never altered."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    hall = RoomRef("organisation.Hall")
    by = RoomRef("identity.User")
    kind = models.CharField(max_length=_KIND)
    verification = models.CharField(max_length=_KIND, default="")
    case = models.CharField(max_length=40, default="")
    reason = models.CharField(max_length=300, default="")
    stated_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            _one_of("kind", PurposeKind, "purpose_kind"),
            _one_of("verification", Verification, "purpose_verification", empty=True),
        ]
        indexes = [
            models.Index(fields=["party", "by", "-valid_until"], name="purpose_in_force"),
            models.Index(
                fields=["hall", "stated_at"],
                condition=models.Q(kind=str(PurposeKind.BREAK_GLASS)),
                name="purpose_break_glass",
            ),
        ]


class AccessRefusal(models.Model):
    """A look at a customer's data that was refused, and by which rule; never altered."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    hall = RoomRef("organisation.Hall")
    by = RoomRef("identity.User")
    code = models.CharField(max_length=60)
    rule = models.CharField(max_length=10)
    reason = models.CharField(max_length=300, default="")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "at"], name="access_refusal_by_hall")]
