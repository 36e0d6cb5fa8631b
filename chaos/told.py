"""What everybody in the hall was told, in plain Python: the account that the books are held against at the end."""

import threading
from dataclasses import dataclass, field

from chaos.answers import Answer


@dataclass
class Told:
    """What a counter was told about a basket. `paid` None: no answer ever came; likewise `voided` where `asked_void`.

    `means` is what each means brought, in fen, as the clerk saw it when told paid; `goods` are the goods in the basket by business and
    reference; `deposit` is what of `fen` goes onto the balance.
    """

    basket: int
    counter: int
    fen: int
    party: int = 0
    kind: str = "cash"
    paid: bool | None = None
    number: str = ""
    payment: int = 0
    asked_void: bool = False
    voided: bool | None = None
    attempts: int = 0
    means: dict[str, int] = field(default_factory=dict)
    goods: list[tuple[str, str]] = field(default_factory=list)
    deposit: int = 0
    items: int = 1


@dataclass
class ShiftTold:
    """What a counter was told about a drawer; None: it was not asked, or no answer came before the hall was closed."""

    counter: int
    notes: int
    drawer: int = 0
    handed_in: bool | None = None
    confirmed: bool | None = None
    bagged: bool | None = None
    opened: bool | None = None


@dataclass
class PayoutTold:
    """What of a balance was asked to be paid out in cash, and whether that was answered."""

    party: int
    fen: int
    approval: int = 0
    paid: bool | None = None


@dataclass
class TransferTold:
    """A transfer that a customer made: in the bank's record once the file that shows it was read; `claimed` by a basket."""

    reference: str
    fen: int
    payer: str
    shown: bool = False
    basket: int = 0
    claimed: bool | None = None


@dataclass
class SlipTold:
    """A slip of a terminal that stands beside, and whether its typing was answered: done, refused, or not at all."""

    reference: str
    fen: int
    basket: int
    typed: bool | None = None


@dataclass
class BagTold:
    """A bag on its way; None: not asked, or no answer before the hall was closed. `shown`: the bank's file that has it was read."""

    bag: int
    fen: int
    serial: str = ""
    signed: bool | None = None
    left: bool | None = None
    shown: bool | None = None


@dataclass
class MonthTold:
    """A month that two people closed, by its first day."""

    first: str
    proposed: bool | None = None
    closed: bool | None = None


@dataclass
class Tally:
    """What all counters and the office heard, together."""

    told: list[Told] = field(default_factory=list)
    shifts: list[ShiftTold] = field(default_factory=list)
    payouts: list[PayoutTold] = field(default_factory=list)
    transfers: list[TransferTold] = field(default_factory=list)
    slips: list[SlipTold] = field(default_factory=list)
    bags: list[BagTold] = field(default_factory=list)
    months: list[MonthTold] = field(default_factory=list)
    given_back: list[int] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    lost_answers: int = 0
    gave_up: int = 0
    errors: int = 0
    answered: int = 0
    heard: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def surprise(self, who: str, what: str) -> None:
        """An answer that nobody expects."""
        with self.lock:
            self.surprises.append(f"{who}: {what}")

    def unclear(self, answer: Answer | None) -> None:
        """No answer came, or a fault of the server."""
        with self.lock:
            self.lost_answers += answer is None
            self.errors += answer is not None
