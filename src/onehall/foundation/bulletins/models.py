"""Notices, receipts of reading, and questions with their answers. Halls and counters lie above: their ids are plain numbers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onehall.foundation.database import RoomRef, append_only


class Notice(models.Model):
    """What was sent stays as it was sent; empty halls, roles or counters narrow nothing."""

    title = models.CharField(max_length=100)
    body = models.TextField()
    halls = ArrayField(models.BigIntegerField())
    roles = ArrayField(models.CharField(max_length=40))
    counters = ArrayField(models.BigIntegerField())
    by = RoomRef("identity.User")
    at = models.DateTimeField()
    read_by = models.DateTimeField()

    class Meta:
        triggers = append_only()


class NoticeReading(models.Model):
    """A receipt: who read it, and at which counter, whose mailbox it is where the notice goes to counters."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    by = RoomRef("identity.User")
    counter_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "by", "counter_id"], nulls_distinct=False, name="notice_read_once"
            )
        ]


class NoticeQuestion(models.Model):
    """What somebody did not understand."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    by = RoomRef("identity.User")
    text = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class NoticeAnswer(models.Model):
    """One answer for each question, attached to the notice for everybody."""

    question = models.OneToOneField(
        NoticeQuestion, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    by = RoomRef("identity.User")
    text = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
