"""The books. Amounts are whole fen; a debit is positive, a credit negative; every table here but Account is append-only.

What spans rows stands in migration 0002: a batch sums to zero, tenders add up to their payment.
"""

from django.db import models
from django.db.models import F, Q

from onehall.contexts.ledger.contracts import AccountKind, Means
from onehall.foundation.database import RoomRef, append_only


class Account(models.Model):
    """An account of the books; `means` is the means of payment whose money it holds, or empty."""

    code = models.CharField(max_length=20, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    means = models.CharField(max_length=20, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["means"], condition=~Q(means=""), name="account_of_means"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AccountKind]), name="account_kind"
            ),
        ]


class CashAccount(models.Model):
    """Which account plays a part on the way of cash to the bank; the profile says so."""

    role = models.CharField(max_length=10, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)


class Batch(models.Model):
    """Postings that balance together (LED-01): of a payment, its reversal, money without a sale, what a provider holds, cash, a balance used, or money paid over to whom it belongs."""

    hall = RoomRef("organisation.Hall", db_index=False)
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "payment",
                        "reversal",
                        "unsold",
                        "clearing",
                        "cash",
                        "earned",
                        "settled",
                        "opening",
                        "moved",
                    ]
                ),
                name="batch_kind",
            )
        ]


class CashBooking(models.Model):
    """What a batch of cash was booked for: a drawer, bag, line of the bank or shortage; each once (LED-02)."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, primary_key=True, related_name="+")
    source = models.CharField(max_length=10)
    source_id = models.BigIntegerField()

    class Meta:
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="cash_booked_once")]


class Posting(models.Model):
    """One leg of a batch."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="posting_moves_money")]


class Payment(models.Model):
    """Money that came in for one basket."""

    intent = models.UUIDField(unique=True)
    hall = RoomRef("organisation.Hall", db_index=False)
    counter = RoomRef("organisation.Counter", db_index=False)
    by = RoomRef("identity.User", db_index=False)
    basket = RoomRef("orders.Basket", db_index=False)
    party = RoomRef("customers.Party")
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    amount = models.BigIntegerField()
    policy_version = models.BigIntegerField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "at"], name="payment_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["basket"], name="payment_of_basket"),
            models.UniqueConstraint(fields=["id", "amount"], name="payment_amount"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
        ]


class Tender(models.Model):
    """One means of a payment: what counts, what was handed over, what went back."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="tenders", db_index=False)
    means = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    tendered = models.BigIntegerField()
    change = models.BigIntegerField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["payment", "means"], name="tender_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tender_positive"),
            models.CheckConstraint(condition=Q(change=F("tendered") - F("amount")), name="tender_change"),
            models.CheckConstraint(
                condition=Q(change=0) | Q(change__gt=0, means=Means.CASH.value), name="tender_change_in_cash"
            ),
        ]


class Receipt(models.Model):
    """The paper for a payment (RCP-01). `turn` counts the receipts of one payment: 2 replaces a spoiled first.

    The foreign key to the payment holds the amount too (migration 0002): a receipt over another amount cannot exist.
    """

    hall = RoomRef("organisation.Hall", db_index=False)
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="receipts", db_index=False, db_constraint=False
    )
    turn = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=30)
    book = RoomRef("numbers.Book")
    amount = models.BigIntegerField()
    payer = models.CharField(max_length=120)
    copies = models.PositiveSmallIntegerField()
    by = RoomRef("identity.User", db_index=False)
    issued_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "issued_at"], name="receipt_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["number", "kind"], name="receipt_number"),
            models.UniqueConstraint(fields=["payment", "turn"], name="receipt_turn"),
        ]


class ReceiptVoid(models.Model):
    """A spoiled receipt, kept with its reason and all its copies."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="void")
    reason = models.CharField(max_length=200)
    copies_present = models.PositiveSmallIntegerField()
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="receipt_void_reason")]


class Reversal(models.Model):
    """A whole payment undone by a batch of opposite signs."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="reversal")
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    counter = RoomRef("organisation.Counter", null=True, db_index=False)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reversal_reason")]
