"""Invoices (发票): asked for, what became of them, and those the tax side is still to be asked about."""

from django.db import models
from django.db.models import Q

from onehall.contexts.invoicing.contracts import InvoiceKind
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.vault import EncryptedField


class Invoice(models.Model):
    """An invoice as it was asked for; a red one has `of` and a negative amount. Migration 0112 holds it to its payment.

    `serial` is ours: the tax side knows a question again by it.
    """

    hall = RoomRef("organisation.Hall", db_index=False)
    payment = RoomRef("ledger.Payment")
    receipt = RoomRef("ledger.Receipt", db_index=False)
    serial = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=12)
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reds")
    amount = models.BigIntegerField()
    title = EncryptedField()
    tax_no = EncryptedField(null=True)
    mail = EncryptedField(null=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    approval = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    ready_on = models.DateField()
    collect_by = models.DateField()
    counter = RoomRef("organisation.Counter", null=True, db_index=False)
    by = RoomRef("identity.User", db_index=False)

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "asked_at"], name="invoice_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in InvoiceKind]), name="invoice_kind"),
            models.CheckConstraint(
                condition=Q(of=None, amount__gt=0) | Q(of__isnull=False, amount__lt=0) & ~Q(reason=""),
                name="invoice_sign",
            ),
            models.CheckConstraint(
                condition=~Q(kind="handwritten") | Q(approval__isnull=False), name="handwritten_was_approved"
            ),
        ]  # fmt: skip


class InvoiceLine(models.Model):
    """What one paid service is invoiced with; `rate` in percent is empty where nothing was sold yet (不征税)."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    order = RoomRef("orders.ServiceOrder")
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    quantity = models.SmallIntegerField()
    amount = models.BigIntegerField()
    category = models.CharField(max_length=20)
    rate = models.SmallIntegerField(null=True)
    tax = models.BigIntegerField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["invoice", "order"], name="invoice_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="invoice_line_moves_money"),
            models.CheckConstraint(condition=Q(rate__isnull=False) | Q(tax=0), name="invoice_line_untaxed"),
        ]


class InvoiceStep(models.Model):
    """What happened to it: signed, issued under a number, refused, withdrawn, collected. `by` is empty for the tax side."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10)
    number = models.CharField(max_length=30, default="", blank=True)
    book = RoomRef("numbers.Book", null=True)
    why = models.CharField(max_length=200, default="", blank=True)
    by = RoomRef("identity.User", null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(step__in=["issued", "refused", "withdrawn"]), name="invoice_decided_once"
            ),
            models.UniqueConstraint(fields=["invoice"], condition=Q(step="collected"), name="invoice_collected_once"),
            models.UniqueConstraint(fields=["invoice", "by"], condition=Q(step="signed"), name="invoice_signed_by_once"),
            models.UniqueConstraint(fields=["number"], condition=Q(step="issued"), name="invoice_number_once"),
            models.CheckConstraint(
                condition=Q(step__in=["signed", "refused", "withdrawn", "collected"], number="")
                | Q(step="issued") & ~Q(number=""),
                name="invoice_step",
            ),
        ]  # fmt: skip


class Pending(models.Model):
    """An electronic invoice that the tax side is to be asked for (again); the row goes once it answered."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="pending")
    next_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=200, default="", blank=True)
