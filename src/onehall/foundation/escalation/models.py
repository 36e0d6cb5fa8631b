"""Matters that go up, instructions that come down: what happened is a row and stays. Halls lie above: plain numbers here."""

from django.db import models

from onehall.foundation.database import RoomRef, append_only


class Matter(models.Model):
    """What is reported, by whom, from which level."""

    hall_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=500)
    emergency = models.BooleanField()
    start = models.PositiveSmallIntegerField()
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall_id", "-id"], name="matter_by_hall")]


class MatterTold(models.Model):
    """A level hears of it, once."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["matter", "level"], name="matter_told_once")]


class MatterSeen(models.Model):
    """That level has answered."""

    told = models.OneToOneField(MatterTold, on_delete=models.PROTECT, primary_key=True, related_name="+")
    by = RoomRef("identity.User")
    note = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class MatterClosing(models.Model):
    """How it ended."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, primary_key=True, related_name="+")
    by = RoomRef("identity.User")
    outcome = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Instruction(models.Model):
    """What somebody above said, in full."""

    hall_id = models.BigIntegerField()
    from_whom = models.CharField(max_length=60)
    words = models.TextField()
    received_at = models.DateTimeField()
    due_on = models.DateField()
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["hall_id", "-id"], name="instruction_by_hall")]


class InstructionNote(models.Model):
    """A step; the one that is `done` is the last."""

    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500)
    done = models.BooleanField()
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(
                fields=["instruction"], condition=models.Q(done=True), name="instruction_done_once"
            )
        ]
