"""What is said at each step of a service, as the profile has it (WRD-01): cards of the step, and the hall's lists of words."""

from dataclasses import dataclass

from onehall.contexts.catalogue import api as catalogue
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text

COURTESY = "courtesy"
LISTS = (COURTESY, "four_voices", "right_phrases", "wrong_phrases", "forbidden")
STEPS = (
    "greeting", "verification", "registration", "address", "choosing", "money", "signing", "closing", "interruption",
    "refusal", "leaving", "counterfeit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """The lines of a step, and the words of courtesy that stand beneath them on every screen."""

    lines: tuple[Text, ...] = ()
    courtesy: tuple[Text, ...] = ()


def spoken(step: str, *, scope: Scope, **facts: str) -> Spoken:
    """The card of a step with its blanks filled; empty where the profile has none."""
    cards = catalogue.wordings("script", scope=scope)
    lines = cards[step].filled(**facts) if step in cards else ()
    return Spoken(lines, cards[COURTESY].lines if COURTESY in cards else ())


def cards(codes: tuple[str, ...], *, scope: Scope) -> list[catalogue.Wording]:
    """These cards in this order, without those that the profile lacks."""
    known = catalogue.wordings("script", scope=scope)
    return [known[code] for code in codes if code in known]
