"""Reads of the language in which customers are written to."""

from collections.abc import Sequence

from onehall.contexts.customers.models import LanguageChosen
from onehall.contexts.customers.queries.people import groups
from onehall.contexts.customers.rules.language import USUAL
from onehall.foundation.scopes import Scope


def languages(party_ids: Sequence[int], *, scope: Scope) -> dict[int, str]:
    """Each customer's language by what was said last in any record merged into theirs; Chinese where nothing was said."""
    found = groups(party_ids, scope=scope)
    everybody = [one for members in found.values() for one in members]
    chosen = LanguageChosen.objects.filter(party_id__in=everybody).order_by("id")
    said = {row.party_id: (row.pk, row.language) for row in chosen}
    newest = {
        party: max((said[one] for one in members if one in said), default=(0, USUAL))
        for party, members in found.items()
    }
    return {party: newest.get(party, (0, USUAL))[1] for party in party_ids}
