"""Who is served at which counter, when they were kept waiting, and what they said to a suggestion."""

from django.db import models
from django.db.models import Q

from onehall.contexts.floor.rules import Answer, ServingState, SuggestionKind
from onehall.contexts.floor.rules import Serving as ServingView
from onehall.foundation.database import RoomRef, append_only
from onehall.foundation.values.ids import CounterId, HallId, PartyId, UserId


class Serving(models.Model):
    """A customer's service at a counter: one at a time (ORD-12)."""

    hall = RoomRef("organisation.Hall")
    counter = RoomRef("organisation.Counter")
    party = RoomRef("customers.Party")
    by = RoomRef("identity.User")
    state = models.TextField(default="serving")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    asked_more = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["serving", "held", "ended"]), name="floor_serving_state"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="floor_serving_ended",
            ),
            models.UniqueConstraint(
                fields=["counter"], condition=Q(state="serving"), name="floor_one_served"
            ),
        ]
        indexes = [
            models.Index(fields=["party", "hall"], condition=Q(state="held"), name="floor_served_on_hold"),
            models.Index(fields=["hall", "started_at"], name="floor_served_by_day"),
        ]

    def as_contract(self) -> ServingView:
        """The service as it crosses the door."""
        held = self.state == ServingState.HELD
        hold = next((one.reason for one in self.holds.all() if one.resumed_at is None), "") if held else ""
        return ServingView(
            id=self.pk, hall_id=HallId(self.hall_id), counter_id=CounterId(self.counter_id),
            party_id=PartyId(self.party_id), by_id=UserId(self.by_id), state=ServingState(self.state),
            started_at=self.started_at, hold_reason=hold,
        )  # fmt: skip


class ServingHold(models.Model):
    """A customer asked to wait: why, with an apology or at their own wish, and until when (ORD-12)."""

    serving = models.ForeignKey(Serving, models.PROTECT, related_name="holds")
    reason = models.TextField()
    apologised = models.BooleanField()
    held_at = models.DateTimeField()
    by = RoomRef("identity.User")
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["serving"], condition=Q(resumed_at__isnull=True), name="floor_one_serving_hold"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="floor_serving_hold_reason"),
        ]


class SuggestionAnswer(models.Model):
    """What was suggested to a customer and what they said; never altered (ORD-15)."""

    hall = RoomRef("organisation.Hall")
    party = RoomRef("customers.Party")
    by = RoomRef("identity.User")
    kind = models.TextField()
    business = models.TextField()
    offering = models.TextField()
    answer = models.TextField()
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[str(one) for one in SuggestionKind]), name="floor_suggestion_kind"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=[str(one) for one in Answer]), name="floor_suggestion_answer"
            ),
        ]
        indexes = [models.Index(fields=["party", "at"], name="floor_suggestions_of")]
