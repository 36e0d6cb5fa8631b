"""A text in both languages of the product, side by side, so that neither can be forgotten (API-06)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """`zh` is shown first; `en` is complete, never a fragment."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """The text in `lang` ("zh" or "en")."""
        return self.en if lang == "en" else self.zh
