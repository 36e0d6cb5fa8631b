"""Reading telephone lines as their network is to have them, and their service passwords, which nobody sees (ADR-05, LAW-03)."""

from onehall.contexts.provisioning import rules
from onehall.contexts.provisioning.models import TelephoneAccess
from onehall.contexts.provisioning.rules import ServicePassword, TelephoneState, TelephoneWish
from onehall.foundation.scopes import Scope


def telephone(*, number: str, scope: Scope) -> TelephoneWish | None:
    """A line as its network is to have it; None for a number that it does not know."""
    del scope  # the network is the operator's; whose line it is was asked before
    row = TelephoneAccess.objects.filter(number=number).first()
    if row is None:
        return None
    names = (
        "number",
        "subscription_id",
        "international_out",
        "international_in",
        "caller_id",
        "call_forward",
    )
    return TelephoneWish(state=TelephoneState(row.state), **{name: getattr(row, name) for name in names})


def service_password(*, number: str, scope: Scope) -> ServicePassword | None:
    """Of a line in use, whose it is and whether the first password stands still (ADR-05)."""
    del scope  # asked by whoever says to be the customer, or beside the customer
    row = TelephoneAccess.objects.filter(number=number).exclude(state="withdrawn").first()
    return ServicePassword(row.number, row.subscription_id, row.must_change) if row else None


def service_password_fits(*, number: str, secret: str, rounds: int, scope: Scope) -> bool:
    """Whether this is the line's service password; as slow where nobody has the number."""
    del scope  # asked by whoever says to be the customer
    living = TelephoneAccess.objects.filter(number=number).exclude(state="withdrawn")
    nobodys = rules.pbkdf2("", salt=bytes(16), rounds=rounds)
    stored = next(iter(living.values_list("service_secret", flat=True)), nobodys)
    return rules.secret_matches(secret, stored) and bool(secret)
