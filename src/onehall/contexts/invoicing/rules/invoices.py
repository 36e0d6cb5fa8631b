"""What an invoice shows: paid services, their category and tax, and what a red one takes back (RCP-03, RCP-04, LAW-31)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onehall.contexts.invoicing.contracts import InvoiceLine
from onehall.contexts.invoicing.rules.refusals import refused
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

AGENCY, LATER = "agency", "later"
"""What stands for a category where nothing is invoiced: money of somebody else, and money that is invoiced with what it buys."""
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Sold:
    """One paid service: its name, sum, revenue account, and what is invoiced of it already."""

    order: OrderId
    name: Text
    quantity: int
    amount: Money
    account: str
    invoiced: Money

    @property
    def left(self) -> Money:
        """What may still be invoiced of it."""
        return self.amount - self.invoiced


def category_of(account: str, table: tuple[str, ...]) -> tuple[str, int | None] | None:
    """The invoice category of a revenue account and its rate in percent, from lines such as "605101=3070399/6" or
    "2203=601/-": the longest beginning of the account wins. None where no line fits.
    """
    lines = dict(line.split("=", 1) for line in table if line.count("=") == 1 and line.count("/") == 1)
    fitting = [begin for begin in lines if begin and account.startswith(begin)]
    if not fitting:
        return None
    category, rate = lines[max(fitting, key=len)].split("/")
    return category, int(rate) if rate.isdecimal() else None


def tax_of(amount: Money, rate: int | None) -> Money:
    """The tax inside an amount, to the nearest fen; halves away from zero, so that a red line mirrors its blue one."""
    if not rate:
        return Money.zero()
    fen = abs(amount.fen)
    tax = (2 * fen * rate + _HUNDRED + rate) // (2 * (_HUNDRED + rate))
    return Money(tax if amount.fen > 0 else -tax)


def lines_of(
    sold: Sequence[Sold], wanted: Mapping[OrderId, Money] | None, *, table: tuple[str, ...]
) -> tuple[InvoiceLine, ...]:
    """RCP-03, RCP-04: what the invoice shows, from the paid services alone; all that is left where nothing is `wanted`.

    What is collected for somebody else, or paid in for later, is left out of a whole invoice. Raises InvoiceRefused.
    """
    known = {one.order for one in sold}
    if wanted is not None and (set(wanted) - known):
        raise refused("stranger")
    asked = (
        wanted
        if wanted is not None
        else {one.order: one.left for one in sold if not is_left_out(one.account, table)}
    )
    lines = tuple(_line(one, asked[one.order], table) for one in sold if asked.get(one.order, Money.zero()))
    if not lines:
        raise refused("empty")
    return lines


def is_left_out(account: str, table: tuple[str, ...]) -> bool:
    """Whether money of this account is not invoiced: collected for somebody else (CAT-11), or paid in beforehand (RCP-04)."""
    found = category_of(account, table)
    return found is not None and found[0] in (AGENCY, LATER)


def _line(one: Sold, amount: Money, table: tuple[str, ...]) -> InvoiceLine:
    found = category_of(one.account, table)
    if found is None:
        raise refused("uncategorised", account=one.account)
    if found[0] in (AGENCY, LATER):
        raise refused(found[0], name=one.name.zh, name_en=one.name.en)
    if not Money.zero() < amount <= one.left:
        said = {"left": one.left.text, "wanted": amount.text, "name": one.name.zh, "name_en": one.name.en}
        raise refused("too_much", field=f"amount_{one.order}", **said)
    category, rate = found
    return InvoiceLine(one.order, one.name, one.quantity, amount, category, rate, tax_of(amount, rate))


def red_lines(
    blue: Sequence[InvoiceLine], taken: Mapping[OrderId, Money], wanted: Mapping[OrderId, Money] | None
) -> tuple[InvoiceLine, ...]:
    """红冲, whole or in part (LAW-31): lines with the opposite sign, never beyond the blue ones less what red ones `taken`.

    The red lines of a blue one add up to its tax exactly: the last takes what is left. Raises InvoiceRefused.
    """
    if wanted is not None and set(wanted) - {line.order for line in blue}:
        raise refused("stranger")
    made = []
    for line in blue:
        left = line.amount - taken.get(line.order, Money.zero())
        amount = left if wanted is None else wanted.get(line.order, Money.zero())
        if not amount:
            continue
        if not Money.zero() < amount <= left:
            said = {"left": left.text, "wanted": amount.text, "name": line.name.zh, "name_en": line.name.en}
            raise refused("too_much", field=f"amount_{line.order}", **said)
        tax = _red_tax(line, line.amount - left, amount)
        made.append(
            InvoiceLine(line.order, line.name, line.quantity, -amount, line.category, line.rate, -tax)
        )
    if not made:
        raise refused("empty")
    return tuple(made)


def _red_tax(line: InvoiceLine, before: Money, amount: Money) -> Money:
    """The tax of everything reversed up to here less that of what was reversed before: the parts add up to the whole."""
    return tax_of(before + amount, line.rate) - tax_of(before, line.rate)
