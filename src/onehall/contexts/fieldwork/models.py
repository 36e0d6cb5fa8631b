"""Tables of fieldwork. A work order is written once; what happens to it are rows of their own."""

from django.db import models
from django.db.models import Q

from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.vault import EncryptedField


class WorkOrder(models.Model):
    """An installation order (装机单, WRK-01). `contact` is JSON of name and phone; `closed_at` keeps old cases out of lists."""

    hall = RoomRef("organisation.Hall")
    order = RoomRef("orders.ServiceOrder")
    party = RoomRef("customers.Party")
    dwelling = RoomRef("customers.Premises")
    subscription = RoomRef("subscriptions.Subscription", null=True)
    compound = models.CharField(max_length=20)
    kind = models.CharField(max_length=30)
    serial = models.CharField(max_length=40)
    account = models.CharField(max_length=64)
    contact = EncryptedField()
    address = models.CharField(max_length=200)
    offering_zh = models.CharField(max_length=120)
    offering_en = models.CharField(max_length=120)
    points = models.PositiveSmallIntegerField()
    follow_up = models.BooleanField()
    start_on = models.DateField(null=True)
    department = models.CharField(max_length=60)
    project_manager = RoomRef("identity.User", null=True)
    accepted_at = models.DateTimeField()
    dispatch_by = models.DateTimeField()
    due_at = models.DateTimeField()
    policy_version = models.BigIntegerField()
    by = RoomRef("identity.User")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order"], name="one_work_order_an_order")]
        indexes = [
            models.Index(
                fields=["hall", "due_at", "id"], condition=Q(closed_at=None), name="work_open_by_hall"
            ),
            models.Index(fields=["hall", "accepted_at"], name="work_by_hall_and_day"),
            models.Index(fields=["serial"], name="work_by_serial"),
            models.Index(fields=["subscription"], name="work_by_subscription"),
        ]


class _Step(models.Model):
    """Something that happens to a case once."""

    work_order = models.OneToOneField(WorkOrder, models.PROTECT, primary_key=True, related_name="+")
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Dispatch(_Step):
    """The line in the dispatch register: handed over to this project manager (WRK-02)."""

    project_manager = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["at"], name="dispatch_by_day")]


class DispatchSignature(_Step):
    """The project manager signed for it; evidence is encrypted JSON of strokes or session (LAW-32)."""

    method = models.CharField(max_length=10)
    evidence = EncryptedField()
    evidence_sha256 = models.BinaryField(max_length=32)

    class Meta:
        triggers = append_only()


class Assignment(models.Model):
    """Who goes; the latest one counts."""

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    installer = RoomRef("identity.User")
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["installer"], name="assignment_by_installer")]


class Visit(models.Model):
    """An installer at the door. `ended_at` and `done` are written once, by `VisitEnd` and this row together."""

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    installer = RoomRef("identity.User")
    started_at = models.DateTimeField()
    open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_order"], condition=Q(open=True), name="one_visit_at_a_time")
        ]


class LineTest(models.Model):
    """One measurement; the latest one counts."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+")
    down_kbps = models.PositiveIntegerField()
    up_kbps = models.PositiveIntegerField()
    loss_permille = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class VisitEnd(models.Model):
    """How a visit ended. Done ones carry the customer's signature, or say that the paper sheet carries it."""

    visit = models.OneToOneField(Visit, models.PROTECT, primary_key=True, related_name="+")
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    done = models.BooleanField()
    points = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    method = models.CharField(max_length=10, blank=True)
    evidence = EncryptedField(null=True)
    evidence_sha256 = models.BinaryField(max_length=32, null=True)
    return_by = models.DateTimeField(null=True)
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["work_order"], condition=Q(done=True), name="work_is_done_once"),
            models.CheckConstraint(
                condition=Q(done=False) | (~Q(method="") & Q(evidence_sha256__isnull=False)),
                name="done_work_is_signed",
            ),
        ]


class Material(models.Model):
    """The profile's catalogue of materials (FEE-02)."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    unit_zh = models.CharField(max_length=20)
    unit_en = models.CharField(max_length=20)
    free_quantity = models.PositiveSmallIntegerField()


class MaterialUse(models.Model):
    """What a visit used."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+")
    material = models.ForeignKey(Material, models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    own = models.BooleanField()

    class Meta:
        triggers = append_only()


class SheetReturn(_Step):
    """The signed sheet is back (回单); `method` says how the customer signed it (WRK-02)."""

    method = models.CharField(max_length=10)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=["strokes", "paper", "seal"]), name="sheet_is_signed_or_sealed"
            )
        ]


class FollowUp(models.Model):
    """The call that is owed. `due_at` and `tries` move on with every call, `passed_at` is set once."""

    work_order = models.OneToOneField(WorkOrder, models.PROTECT, primary_key=True, related_name="+")
    hall = RoomRef("organisation.Hall")
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    passed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["hall", "due_at", "tries"], condition=Q(passed_at=None), name="follow_up_queue"
            )
        ]


class FollowUpCall(models.Model):
    """One try (WRK-05): what was said and done stands in `handled`, encrypted, for customers say anything."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12)
    satisfaction = models.PositiveSmallIntegerField(null=True)
    handled = EncryptedField()
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="unanswered", satisfaction=None)
                | Q(satisfaction__gte=1, satisfaction__lte=5),
                name="answered_calls_have_satisfaction",
            )
        ]


class CaseArchive(_Step):
    """The case is filed (归档)."""

    class Meta:
        triggers = append_only()


class Withdrawal(_Step):
    """The sale behind it was taken back before anybody went."""

    reason = models.CharField(max_length=200)

    class Meta:
        triggers = append_only()
