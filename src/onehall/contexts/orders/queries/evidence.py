"""Strokes that were kept as evidence."""

from onehall.contexts.orders.models import Signature
from onehall.contexts.orders.rules.signed import Evidence
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BasketId
from onehall.foundation.vault import VaultError


def evidences(*, scope: Scope, after: int, limit: int) -> list[Evidence]:
    """Signatures with strokes, by basket, beyond the basket `after`; for proving that nothing was altered (LAW-32)."""
    rows = Signature.objects.defer("strokes").filter(method="screen", document__isnull=False, pk__gt=after)
    if scope.halls is not None:
        rows = rows.filter(basket__hall_id__in=scope.halls)
    return [
        Evidence(
            basket_id=BasketId(row.pk), document=row.document or 0, form_sha256=bytes(row.document_sha256 or b""),
            strokes=_strokes(row), strokes_sha256=bytes(row.strokes_sha256 or b""),
        )
        for row in rows.order_by("pk")[:limit]
    ]  # fmt: skip


def _strokes(row: Signature) -> str:
    """Empty where no key opens them: then they bear no hash either."""
    try:
        return row.strokes or ""
    except VaultError:
        return ""
