"""In which language a customer wants to be written to."""

from django.db import models

from onehall.contexts.customers.models.parties import Party
from onehall.contexts.customers.rules.language import LANGUAGES
from onehall.foundation.database import RoomRef, append_only


class LanguageChosen(models.Model):
    """A customer's word; the newest holds, without one it is Chinese. Never altered."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    at = models.DateTimeField()
    hall = RoomRef("organisation.Hall")
    by = RoomRef("identity.User")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=list(LANGUAGES)), name="language_chosen_known"
            )
        ]
        indexes = [models.Index(fields=["party", "-id"], name="language_newest")]
