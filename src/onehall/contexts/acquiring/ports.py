"""What acquiring asks of the outside: a provider of payments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onehall.contexts.acquiring.contracts import Answer, AnswerRefused, Said, Way
from onehall.foundation.values.money import Money

__all__ = ["Acquirer", "Answer", "AnswerRefused", "Said", "Wanted", "Way"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a provider is asked to charge or is asked about. `code` is the customer's, for this one question, kept nowhere; `desk`
    is where a terminal stands: hall code and counter number ("xinyuan/3")."""

    number: str
    way: Way
    amount: Money
    subject: str
    expires_at: datetime
    code: str = ""
    desk: str = ""


class Acquirer(Protocol):
    """One provider. It never raises for what networks and providers do: it answers UNKNOWN, within its time limit.

    Asked the same again it does nothing twice: every question bears the charge's number. `thanks` is what it wants to read
    once its notice is on record; nothing where the status says enough.
    """

    thanks: str

    def ask(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        """Charges the scanned code, or makes an order whose `code_url` the customer scans."""
        ...

    def query(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        """How the charge stands."""
        ...

    def close(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        """撤销、关单: from now on nobody can pay it. SUCCEEDED where it was paid before."""
        ...

    def refund(self, wanted: Wanted, *, reason: str, seconds: int, at: datetime) -> Answer:
        """Gives the whole charge back to where it came from."""
        ...

    def hear(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> tuple[str, Answer]:
        """The number and the answer of a notice that the provider pushed. Raises AnswerRefused for what is not its own."""
        ...
