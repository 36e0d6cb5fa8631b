"""Tables of the catalogue. The database itself refuses to change what may have been sold (CAT-01)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from onehall.contexts.catalogue.rules import Telephone
from onehall.foundation.database import append_only
from onehall.foundation.values.money import Money


class Offering(models.Model):
    """A product or one-off service. What the customer gets is fixed; names, validity and accounts may be corrected."""

    code = models.CharField(max_length=40, unique=True)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    benefits_zh = models.CharField(max_length=200)
    benefits_en = models.CharField(max_length=300)
    term_months = models.PositiveSmallIntegerField()
    down_kbps = models.PositiveIntegerField()
    up_kbps = models.PositiveIntegerField()
    network_profile = models.CharField(max_length=40)
    revenue_account = models.CharField(max_length=20)
    price_policy = models.CharField(max_length=80)
    sources = ArrayField(models.CharField(max_length=20))
    compounds = ArrayField(models.CharField(max_length=20))
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.ReadOnly(
                name="sold_content_stays",
                fields=["code", "kind", "term_months", "down_kbps", "up_kbps", "network_profile"],
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="offering_validity_forward",
            )
        ]


class OfferingSale(models.Model):
    """What selling an offering as one kind of business brings along (CAT-10)."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    business = models.CharField(max_length=40)
    papers = ArrayField(models.CharField(max_length=40))
    forms = ArrayField(models.CharField(max_length=40))
    eligibility = ArrayField(models.CharField(max_length=60))
    work_order = models.CharField(max_length=40)
    follow_up = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offering", "business"], name="offering_sold_once_as_business")
        ]


class OfferingPrice(models.Model):
    """A version of the price, in fen, from a moment on. Versions are added, never changed."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    price = models.BigIntegerField()
    valid_from = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["offering", "version"], name="price_version_once"),
            models.UniqueConstraint(fields=["offering", "valid_from"], name="price_starts_once"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="price_not_negative"),
        ]


class OfferingTelephone(models.Model):
    """The telephone part of an offering (CAT-03 … CAT-07), credits in fen; as sold, it stays."""

    offering = models.OneToOneField(Offering, on_delete=models.PROTECT, primary_key=True, related_name="+")
    plan = models.CharField(max_length=60)
    monthly_credit = models.BigIntegerField()
    annual_credit = models.BigIntegerField()
    bundled = models.BooleanField()
    half_month = models.BooleanField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(monthly_credit__gte=0, annual_credit__gte=0),
                name="telephone_credit_not_negative",
            )
        ]

    def as_part(self) -> Telephone:
        """The telephone part as it crosses the door."""
        credits = Money(self.monthly_credit), Money(self.annual_credit)
        return Telephone(self.plan, *credits, bundled=self.bundled, half_month=self.half_month)


class CompoundLines(models.Model):
    """Whose lines a compound offers (ADR-03): a compound served by one source only cannot take another's products."""

    compound = models.CharField(max_length=20, unique=True)
    sources = ArrayField(models.CharField(max_length=20))
    changed_at = models.DateTimeField()


class Wording(models.Model):
    """Terms, scripts and phrases in both languages; `lines` is a list of {zh, en}. Versions of terms are only added."""

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    lines = models.JSONField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code", "version"], name="wording_once")]
