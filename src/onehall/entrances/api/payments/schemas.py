"""Money as JSON: whole fen, never a fraction (LED-01)."""

from onehall.entrances.api.shared.schema import (
    Amount,
    Count,
    Day,
    Fen,
    Given,
    Id,
    Moment,
    Sentence,
    Shown,
    Word,
)


class PaymentGiven(Given):
    """`due_fen` is what the customer was told: if the basket changed meanwhile, nothing is taken. `tendered_fen` is cash,
    `balance_fen` comes from the customer's prepaid balance."""

    due_fen: Fen
    tendered_fen: Fen
    charges: list[Id] = []
    balance_fen: Fen = 0


class SlipGiven(Given):
    """What the paper of a terminal that is not connected says: the card's last four digits, approval code, reference number."""

    card: Word
    approval: Word
    reference: Word


class BankTransferGiven(Given):
    """What the customer transferred, as the bank's record shows it: the sum, with the bank's reference, the payer's name, or both."""

    amount_fen: Fen
    reference: Word = ""
    payer: Sentence = ""


class TransferBackGiven(Given):
    """The bank's reference of the transfer by which the company gave the money back."""

    reference: Word


class RechargeCardGiven(Given):
    """The number and the secret of a recharge card: asked with once, kept nowhere. It is used whole: name the value on it as the sum."""

    number: Word
    secret: Word


class ChargeGiven(Given):
    """A scanned payment code; or `terminal` for the counter's connected terminal; or the `slip` of another one; or a `recharge_card`; or none
    of them: then `code_url` in the answer is what the customer scans. Without a sum all that is left."""

    code: Word = ""
    terminal: bool = False
    slip: SlipGiven | None = None
    recharge_card: RechargeCardGiven | None = None
    amount_fen: Fen | None = None


class Charge(Shown):
    """A charge as it stands; `usable` ones may be named in the payment."""

    id: int
    provider: str
    way: str
    number: str
    amount: Amount
    state: str
    asked_at: Moment
    transaction: str
    paid_at: Moment | None
    code_url: str
    why: str
    payer: str
    approval: str
    payment: int | None
    usable: bool


class Charges(Shown):
    """Everything charged for a basket, oldest first."""

    items: list[Charge]


class Secret(Shown):
    """A new account and its first password, shown this once (LAW-03)."""

    account: str
    password: str


class Taken(Shown):
    """The payment that was taken; asked for again with the same key, the same without passwords."""

    payment_id: int
    basket_id: int
    receipt_number: str
    document_id: int
    fen: int
    tendered_fen: int
    change_fen: int
    receipts_left: int
    seconds: int
    pending: bool
    secrets: list[Secret]


class Tender(Shown):
    """One means of a payment."""

    means: str
    amount: Amount
    tendered: Amount
    change: Amount


class Receipt(Shown):
    """A receipt as it stands."""

    id: int
    payment: int
    number: str
    payer: str
    amount: Amount
    copies: int
    issued_at: Moment
    voided_at: Moment | None
    void_reason: str


class Payment(Shown):
    """A payment as it stands, with its receipts."""

    id: int
    hall: int
    counter: int
    by: int
    basket: int
    party: int
    at: Moment
    amount: Amount
    tenders: list[Tender]
    reversed_at: Moment | None
    receipts: list[Receipt]


class Sale(Shown):
    """A sale of the day; `void` when it was taken back."""

    payment_id: int
    basket_id: int
    at: Moment
    amount: Amount
    receipt_id: int | None
    number: str
    void: bool
    name: str
    document_id: int | None


class Sales(Shown):
    """Newest first."""

    items: list[Sale]


class DayAsked(Given):
    """The local day; today where none is given."""

    day: Day | None = None


class VoidGiven(Given):
    """Why, and how many copies of the receipt came back."""

    reason: Sentence
    copies_present: Count


class Voided(Shown):
    """What goes back, and which receipts are void."""

    payment_id: int
    fen: int
    receipts: list[str]


class ReversalGiven(Given):
    """Why, how many copies of the receipt are at hand, and the request by which another person agreed.

    Without `approval` that request is filed and answered as a problem with its number.
    """

    reason: Sentence
    copies_present: Count = 0
    approval: Id | None = None


class Reversed(Shown):
    """What goes back; the receipts that are void, or the red receipt with its paper."""

    payment_id: int
    fen: int
    void: list[str]
    red: str
    document_id: int | None


__all__ = [
    "DayAsked", "Id", "Payment", "PaymentGiven", "Receipt", "ReversalGiven", "Reversed", "Sale", "Sales", "Secret", "Taken",
    "Tender", "VoidGiven", "Voided",
]  # fmt: skip
