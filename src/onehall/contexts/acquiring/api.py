"""The door of acquiring."""

from onehall.contexts.acquiring.contracts import (  # noqa: I001 - packed
    Answer, AnswerRefused, Charge, ChargeRefused, Provider, Said, State, Way,
)  # fmt: skip
from onehall.contexts.acquiring.policies import (
    ANSWER_SECONDS,
    CARD_WAYS_OPEN,
    CHARGE_MINUTES,
    QUERY_SECONDS,
    UNSOLD_ACCOUNT,
)
from onehall.contexts.acquiring.ports import Acquirer, Wanted
from onehall.contexts.acquiring.queries import (
    charge, charge_by_number, charge_shown_at, charges_of_basket, charges_of_hall, charges_of_payment, charges_to_clear,
    charges_to_see_to,
)  # fmt: skip
from onehall.contexts.acquiring.rules.cards import (
    BILLED,
    BY_HAND,
    TELEPHONE,
    Slip,
    check_refund_slip,
    check_way,
    slip_of,
    transfer_back,
)
from onehall.contexts.acquiring.rules.charges import Chore, chore, payer_of, provider_of
from onehall.contexts.acquiring.rules.recharge_cards import card_code
from onehall.contexts.acquiring.services import (
    ask_charge,
    ask_refund,
    note_answer,
    take_due,
    usable,
    use_charges,
)

__all__ = [
    "ANSWER_SECONDS", "BILLED", "BY_HAND", "CARD_WAYS_OPEN", "CHARGE_MINUTES", "QUERY_SECONDS", "TELEPHONE", "UNSOLD_ACCOUNT", "Acquirer", "Answer", "AnswerRefused",
    "Charge", "ChargeRefused", "Chore", "Provider", "Said", "Slip", "State", "Wanted", "Way", "ask_charge", "ask_refund", "card_code", "charge",
    "charge_by_number", "charge_shown_at", "charges_of_basket", "charges_of_hall", "charges_of_payment", "charges_to_clear", "charges_to_see_to",
    "check_refund_slip", "check_way", "chore", "note_answer", "payer_of", "provider_of", "slip_of", "take_due", "transfer_back", "usable", "use_charges",
]  # fmt: skip
