"""Finding transfers in the bank's record: lines that name their payer and are no bag's."""

from onehall.contexts.banking.contracts import BankLine
from onehall.contexts.banking.models import Bag
from onehall.contexts.banking.models import BankLine as BankLineRow
from onehall.contexts.banking.rules import Sought, Transfer, masked
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money


def transfers(hall: HallId, wanted: Sought, *, scope: Scope) -> tuple[Transfer, ...]:
    """Those that bear the reference sought, or else the sum, the oldest first. Raises NotFound outside the scope."""
    scope.require(hall)
    said = {"reference": wanted.reference} if wanted.reference else {"amount": wanted.amount.fen}
    rows = (
        BankLineRow.objects.filter(hall_id=hall, payer__isnull=False, **said)
        .exclude(label__in=Bag.objects.filter(hall_id=hall).values("serial"))
        .select_related("claim")
        .order_by("pk")
    )
    return tuple(_transfer(row) for row in rows)


def _transfer(row: BankLineRow) -> Transfer:
    payer = row.payer or ""
    line = BankLine(row.pk, row.reference, row.booked_on, row.label, Money(row.amount), masked(payer))
    return Transfer(line, payer, claimed=hasattr(row, "claim"))
