"""Tables of workforce. What happened is a row and stays; who took an enquiry first never changes."""

from django.db import models

from onehall.foundation.database import RoomRef, append_only


class Enquiry(models.Model):
    """What a customer asked, and who was asked first."""

    hall = RoomRef("organisation.Hall")
    what = models.CharField(max_length=300)
    party = RoomRef("customers.Party", null=True)
    first = RoomRef("identity.User")
    taken_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall", "-id"], name="enquiry_by_hall")]


class Handover(models.Model):
    """An enquiry offered to a colleague; `accepted` is null until they answer."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+")
    giver = RoomRef("identity.User")
    taker = RoomRef("identity.User")
    note = models.CharField(max_length=300)
    offered_at = models.DateTimeField()
    accepted = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=models.Q(accepted=None), name="handover_one_at_a_time"
            )
        ]


class Lesson(models.Model):
    """A lesson that somebody passed, e.g. confidentiality (SEC-06)."""

    person = RoomRef("organisation.Person")
    topic = models.CharField(max_length=40)
    passed_on = models.DateField()
    note = models.CharField(max_length=300)
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["person", "topic"], name="lesson_by_person")]


class Keeper(models.Model):
    """Who keeps what in a hall (ORG-08): a duty, and for devices and corners which one. One at a time."""

    hall = RoomRef("organisation.Hall")
    duty = models.CharField(max_length=20)
    what = models.CharField(max_length=60, default="")
    person = RoomRef("organisation.Person")
    named_by = RoomRef("identity.User")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "duty", "what"],
                condition=models.Q(ended_at=None),
                name="keeper_one_at_a_time",
            )
        ]


class EnquiryAnswer(models.Model):
    """The customer has an answer."""

    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, primary_key=True, related_name="+")
    by = RoomRef("identity.User")
    outcome = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class EnquiryClosing(models.Model):
    """The first responsible has seen it through."""

    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, primary_key=True, related_name="+")
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Shortage(models.Model):
    """What a confirmed drawer was short of, proposed against its clerk with evidence (PAY-04, LAW-04)."""

    hall = RoomRef("organisation.Hall")
    drawer = RoomRef("custody.DrawerSession", unique=True)
    clerk = RoomRef("identity.User")
    amount = models.BigIntegerField()
    cause = models.CharField(max_length=12)
    evidence = models.CharField(max_length=300)
    proposed_by = RoomRef("identity.User", db_index=False)
    proposed_at = models.DateTimeField()
    answer_by = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="shortage_positive"),
            models.CheckConstraint(
                condition=~models.Q(clerk=models.F("proposed_by")) & ~models.Q(evidence=""),
                name="shortage_by_another_with_evidence",
            ),
        ]


class ShortageAnswer(models.Model):
    """The clerk acknowledges or objects, once."""

    shortage = models.OneToOneField(Shortage, on_delete=models.PROTECT, primary_key=True, related_name="+")
    acknowledged = models.BooleanField()
    words = models.CharField(max_length=300, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(acknowledged=True) | ~models.Q(words=""), name="objection_in_words"
            )
        ]


class ShortageDecision(models.Model):
    """Who bears it, decided once by a named person with the ground. No pay is touched by it (LAW-04)."""

    shortage = models.OneToOneField(Shortage, on_delete=models.PROTECT, primary_key=True, related_name="+")
    outcome = models.CharField(max_length=10)
    ground = models.CharField(max_length=300)
    by = RoomRef("identity.User", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~models.Q(ground=""), name="shortage_ground")]
