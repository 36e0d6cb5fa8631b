"""Which language a component speaks, and how a component is declared: its parameters are the fields of a dataclass."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, Protocol, runtime_checkable

from django.template import Context, Library


@runtime_checkable
class Bilingual(Protocol):
    """A text in both languages, such as `values.text.Text`."""

    def in_(self, lang: str) -> str:
        """The text in `lang`."""
        ...


Words = Bilingual | str | None
"""What is said: a bilingual value, or a Chinese text whose English twin is the parameter of the same name with `_en`."""


def language(context: Context) -> str:
    """The page's language: "zh" or "en"."""
    return "en" if context.get("lang") == "en" else "zh"


def say(context: Context, words: Words, en: str = "") -> str:
    """One text in the page's language: from a bilingual value, or from a Chinese text with its English twin."""
    lang = language(context)
    if isinstance(words, Bilingual):
        return words.in_(lang)
    return en if en and lang == "en" else str(words or "")


def without_rule(sentence: str, rule: str) -> str:
    """The sentence without a rule's number in brackets at its end: notices show the number beside it."""
    return sentence.removesuffix(f"（{rule}）").removesuffix(f" ({rule})") if rule else sentence


def handed(context: Context, **values: Any) -> dict[str, Any]:
    """What a component's template sees: its own values, the language, the moment, and the gallery's stage."""
    return {"lang": language(context), "at": context.get("at"), "stage": context.get("stage", ""), **values}


def spoken(context: Context, part: Any) -> dict[str, Any]:
    """The fields of a component in the page's language; `part.more(context)` may add what follows from them."""
    said: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.type == Words:
            value = say(context, value, getattr(part, f"{field.name}_en", ""))
        said[field.name] = value
    more = getattr(part, "more", None)
    return said | (more(context) if more else {})


def component(register: Library, name: str) -> Callable[[type], type]:
    """Makes a dataclass a tag: `{% name … %}` renders templates/onehall/components/name.html with its fields."""

    def declare(part: type) -> type:
        @register.inclusion_tag(f"onehall/components/{name}.html", takes_context=True, name=name)
        def tag(context: Context, *given: Any, **named: Any) -> dict[str, Any]:
            return handed(context, **spoken(context, part(*given, **named)))

        return part

    return declare
