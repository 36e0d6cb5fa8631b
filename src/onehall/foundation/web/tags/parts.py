"""The parts that screens share: refusals, people, services, baskets, jobs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Context, Library

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.web.tags.speech import Words, component, handed, language, say, without_rule

register = Library()


@component(register, "refusal")
@dataclass(frozen=True, slots=True)
class RefusalNotice:
    """A clear no: what and why, the rule, what can be done instead (ORD-05)."""

    refusal: Refusal

    def more(self, context: Context) -> dict[str, Any]:
        """The sentences; `field` names the input at fault."""
        no, lang = self.refusal, language(context)
        said = {"sentence": without_rule(no.sentence(lang), no.rule), "instead": no.alternative(lang)}
        return {**said, "rule": no.rule, "field": no.field or "", "code": no.code, "href": no.href}


@component(register, "notice")
@dataclass(frozen=True, slots=True)
class Notice:
    """A standing remark on a page. `kind`: info, warn, bad."""

    words: Words
    words_en: str = ""
    kind: str = "warn"
    href: str = ""
    link: Words = ""
    link_en: str = ""


@component(register, "empty")
@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing here, why, and what to do next."""

    words: Words
    words_en: str = ""
    hint: Words = ""
    hint_en: str = ""
    icon: str = "inbox"
    href: str = ""
    link: Words = ""
    link_en: str = ""


@component(register, "toast")
@dataclass(frozen=True, slots=True)
class Toast:
    """A short word after something was done: put into any htmx answer, it goes to the corner by itself (out of band)."""

    words: Words
    words_en: str = ""
    kind: str = "good"


@component(register, "script")
@dataclass(frozen=True, slots=True)
class Script:
    """What is said to the customer (话术)."""

    words: Words
    words_en: str = ""


@component(register, "masked")
@dataclass(frozen=True, slots=True)
class Masked:
    """A covered particular; its button POSTs to `reveal`, which logs and answers with the clear text (SEC-07)."""

    shown: str
    reveal: str = ""
    label: Words = ""
    label_en: str = ""


@component(register, "person")
@dataclass(frozen=True, slots=True)
class Person:
    """Head of a customer: name, covered particulars, how identity was verified, why the record is open (SEC-01)."""

    name: str
    phone: str = ""
    document: str = ""
    reveal_phone: str = ""
    reveal_document: str = ""
    verified: Words = ""
    verified_en: str = ""
    purpose: Words = ""
    purpose_en: str = ""
    href: str = ""

    def more(self, context: Context) -> dict[str, Any]:
        """The first character, also where it takes two units elsewhere (𠮷)."""
        return {"initial": self.name[:1]}


@component(register, "service")
@dataclass(frozen=True, slots=True)
class Service:
    """What a customer has: title and account, state (sign + word), a line of detail, how much of the term is used."""

    title: Words
    title_en: str = ""
    account: str = ""
    icon: str = "broadband"
    state: Words = ""
    state_en: str = ""
    kind: str = "good"
    mark: str | None = None
    detail: Words = ""
    detail_en: str = ""
    side: Words = ""
    side_en: str = ""
    part: int | None = None
    whole: int = 100
    part_kind: str = ""
    href: str = ""


@component(register, "meter")
@dataclass(frozen=True, slots=True)
class Meter:
    """A thin bar; `label` is read to those who do not see it. `kind`: warn, bad."""

    part: int
    whole: int = 100
    label: Words = ""
    label_en: str = ""
    kind: str = ""


@component(register, "basket")
@dataclass(frozen=True, slots=True)
class Basket:
    """Lines of a sale. Item: `name`, `amount` (Money), optional `detail` (words), `rule`, `remove` (POST address).

    `target`: selector that the answer of `remove` replaces.
    """

    items: Iterable[Mapping[str, Any]]
    target: str = ""

    def more(self, context: Context) -> dict[str, Any]:
        """The lines in the page's language."""
        return {
            "items": [
                {**item, "name": say(context, item["name"]), "detail": say(context, item.get("detail"))}
                for item in self.items
            ]
        }


@component(register, "due")
@dataclass(frozen=True, slots=True)
class Due:
    """The amount due in the largest figures on the page, with its capitals."""

    amount: Money
    label: Words = "应收"
    label_en: str = "Due"

    def more(self, context: Context) -> dict[str, Any]:
        """Long amounts take a smaller size, so that they stay on one line."""
        return {"long": len(self.amount.text) > 10}


@component(register, "search")
@dataclass(frozen=True, slots=True)
class Search:
    """The command box (Ctrl+K). GET `address`?q=… answers with `{% hits %}`."""

    address: str
    words: Words = "客户、账号、电话、地址、单号…"
    words_en: str = "Customer, account, phone, address, number…"


@register.inclusion_tag("onehall/components/keys.html", takes_context=True)
def keys(context: Context, *hints: str) -> dict[str, Any]:
    """Keys explained in the foot: each "F9|收款|Take payment"."""
    parted = [hint.split("|") for hint in hints]
    return handed(context, hints=[(key, say(context, zh, en)) for key, zh, en in parted])


@component(register, "job")
@dataclass(frozen=True, slots=True)
class Job:
    """A job on the phone: what (a status tag), where in large letters, who; `buttons` and `main` are words and address."""

    where: Words
    where_en: str = ""
    what: Words = ""
    what_en: str = ""
    kind: str = "info"
    due: Words = ""
    due_en: str = ""
    who: Words = ""
    detail: Words = ""
    detail_en: str = ""
    href: str = ""
    now: bool = False
    phone: str = ""
    buttons: Sequence[tuple[Words, str]] = ()
    main: tuple[Words, str] | None = None

    def more(self, context: Context) -> dict[str, Any]:
        """Buttons in the page's language."""
        return {
            "buttons": [(say(context, words), address) for words, address in self.buttons],
            "main": (say(context, self.main[0]), self.main[1]) if self.main else None,
        }
