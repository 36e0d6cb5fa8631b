"""Keeping in which language a customer wants to be written to."""

from datetime import datetime

from onehall.contexts.customers.models import LanguageChosen
from onehall.contexts.customers.queries.language import languages
from onehall.contexts.customers.rules.language import check_language
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


@in_transaction
def choose_language(*, party_id: PartyId, language: str, by: Actor, at: datetime) -> bool:
    """From now on messages are written in it; False where they are already. LanguageUnknown."""
    wanted = check_language(language)
    if languages([party_id], scope=by.scope)[party_id] == wanted:
        return False
    LanguageChosen.objects.create(
        party_id=party_id, language=wanted, at=at, hall_id=by.hall_id, by_id=by.user_id
    )
    return True
