"""What is typed into, chosen from, pressed and signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.web.tags.speech import Words, component, language, say, without_rule

register = Library()

Pairs = Sequence[tuple[Any, Words]]
"""Values and what they are called."""

_MODES = {"money": "decimal", "tel": "tel", "number": "numeric"}
_TYPED_AS_TEXT = {"money", "number", "idcard"}


def _pairs(context: Context, options: Pairs) -> list[tuple[str, str]]:
    return [(str(value), say(context, words)) for value, words in options]


@component(register, "field")
@dataclass(frozen=True, slots=True)
class Field:
    """A labelled control with hint and error in words.

    `type`: text, tel, money, number, idcard, password, date, datetime-local, select (with `options`), textarea, checkbox.
    `check`: what is checked while typing: idcard, phone, money, uscc, name. `key` focuses it.
    """

    name: str
    label: Words
    label_en: str = ""
    value: Any = ""
    type: str = "text"
    hint: Words = ""
    hint_en: str = ""
    error: Words = ""
    error_en: str = ""
    placeholder: Words = ""
    placeholder_en: str = ""
    prefix: str = ""
    suffix: Words = ""
    suffix_en: str = ""
    check: str = ""
    options: Pairs = ()
    required: bool = False
    readonly: bool = False
    autofocus: bool = False
    big: bool = False
    maxlength: int = 0
    rows: int = 3
    autocomplete: str = "off"
    key: str = ""

    def more(self, context: Context) -> dict[str, Any]:
        """How the browser is told."""
        shown = self.value.text.replace(",", "") if isinstance(self.value, Money) else self.value
        return {
            "id": f"f-{self.name}{context.get('stage', '')}",
            "value": "" if shown is None else str(shown),
            "checked": bool(self.value),
            "options": _pairs(context, self.options),
            "native": "text" if self.type in _TYPED_AS_TEXT else self.type,
            "mode": _MODES.get(self.type, ""),
            "check": self.check or (self.type if self.type in ("money", "idcard") else ""),
            "prefix": self.prefix or ("¥" if self.type == "money" else ""),
        }


@component(register, "choice")
@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few, all in sight."""

    name: str
    label: Words
    label_en: str = ""
    options: Pairs = ()
    value: Any = ""
    required: bool = True

    def more(self, context: Context) -> dict[str, Any]:
        """The options in the page's language."""
        return {"options": _pairs(context, self.options), "value": str(self.value)}


@component(register, "button")
@dataclass(frozen=True, slots=True)
class Button:
    """A button, or a link that looks like one (`href`). `kind`: main, danger, small, wide, combined with spaces.

    `why` greys it and says the reason; `hx` holds htmx attributes without their `hx-`, such as {"post": address}.
    """

    words: Words
    words_en: str = ""
    kind: str = ""
    key: str = ""
    name: str = ""
    value: str = ""
    type: str = "submit"
    href: str = ""
    icon: str = ""
    why: Words = ""
    why_en: str = ""
    hx: Mapping[str, str] = field(default_factory=dict)
    disabled: bool = False


@component(register, "action")
@dataclass(frozen=True, slots=True)
class Action:
    """One line of what can be done. `target`: selector into which htmx loads `href`.

    `denied`: a `Refusal`, or a verdict with `.reason`, `.alternative` and `.rule`: greyed, with the reason in words (ORD-05).
    `forget`: what was typed for this customer is dropped. `row`: its key in a live region.
    """

    words: Words
    words_en: str = ""
    key: str = ""
    href: str = ""
    note: Words = ""
    note_en: str = ""
    target: str = ""
    current: bool = False
    forget: bool = False
    row: str = ""
    denied: Any = None

    def more(self, context: Context) -> dict[str, Any]:
        """Why not, what else, by which rule."""
        no = self.denied
        if not no:
            return {"why": "", "instead": "", "rule": ""}
        if isinstance(no, Refusal):
            lang = language(context)
            why = without_rule(no.sentence(lang), no.rule)
            return {"why": why, "instead": no.alternative(lang), "rule": no.rule}
        instead = say(context, getattr(no, "alternative", ""))
        return {"why": say(context, no.reason), "instead": instead, "rule": getattr(no, "rule", "")}


@register.simple_tag
def intent(value: Any = "") -> SafeString:
    """The hidden number that makes a form's sending one intent: pressed twice or sent again, it happens once (PAY-02)."""
    return format_html('<input type="hidden" name="intent" value="{}">', value or uuid4())


@component(register, "tender")
@dataclass(frozen=True, slots=True)
class Tender:
    """Means of payment, amount received, change at once. Sends `means` and `received` (yuan). Put it inside a form.

    `cash`: code of the means that is counted and may need change; with any other the amount is the amount due.
    `handed`: sums that customers usually hand over, one press each.
    """

    due: Money
    means: Pairs = ()
    chosen: str = ""
    cash: str = "cash"
    received: str = ""
    handed: Sequence[Money] = ()
    autofocus: bool = False

    def more(self, context: Context) -> dict[str, Any]:
        """The first means is chosen unless another is named."""
        pairs = _pairs(context, self.means)
        return {"means": pairs, "chosen": self.chosen or (pairs[0][0] if pairs else self.cash)}


@component(register, "signature")
@dataclass(frozen=True, slots=True)
class Signature:
    """A pad to sign on. Sends JSON {width, height, strokes: [[[x, y, ms, pressure], …], …]} in the field `name`."""

    name: str = "strokes"
    label: Words = "客户签名"
    label_en: str = "Customer's signature"
    required: bool = True
