"""Who stands at the counter: customers whom a person has verified just now (SEC-02)."""

from datetime import datetime

from onehall.contexts.customers.contracts import PurposeKind, Verification
from onehall.contexts.customers.models import AccessPurpose
from onehall.contexts.customers.queries.seeing import seen
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId


def present_with_document(*, user_id: int, at: datetime, scope: Scope) -> list[PartyId]:
    """Whose original document this person has checked and whose record is still open to them, the latest first."""
    if not seen(scope):
        return []
    held = AccessPurpose.objects.filter(
        by_id=user_id, kind=PurposeKind.PRESENT_VERIFIED, verification=Verification.ID_DOCUMENT, stated_at__lte=at,
        valid_until__gt=at,
    )  # fmt: skip
    return [PartyId(one) for one in dict.fromkeys(held.order_by("-id").values_list("party_id", flat=True))]
