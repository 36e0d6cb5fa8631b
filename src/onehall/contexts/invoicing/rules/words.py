"""What people type for an invoice: who it is made out to, and reasons (LAW-31)."""

import re

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from onehall.contexts.invoicing.contracts import Buyer
from onehall.contexts.invoicing.rules.refusals import bad, refused

_LONGEST, _REASON = 100, 120  # structural: what the form and the columns hold
_NUMBERED = re.compile(r"[0-9Xx]{7,}")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def buyer_of(title: str, tax_no: str, mail: str) -> Buyer:
    """Title data as it is kept: spaces gone, the tax number held to its check character (GB 32100). Raises BadBuyer."""
    name, number, address = " ".join(title.split()), "".join(tax_no.split()).upper(), mail.strip()
    if not 1 < len(name) <= _LONGEST or _NUMBERED.search(name):
        raise bad("title")
    if number:
        try:
            uscc.validate(number)
        except ValidationError:
            raise bad("tax_no") from None
    if address and (len(address) > _LONGEST or not _MAIL.fullmatch(address)):
        raise bad("mail")
    return Buyer(name, number, address)


def reason_of(typed: str) -> str:
    """Why, as it is kept. Raises InvoiceRefused."""
    kept = " ".join(typed.split())
    if not 0 < len(kept) <= _REASON or _NUMBERED.search(kept):
        raise refused("reason", field="reason")
    return kept
