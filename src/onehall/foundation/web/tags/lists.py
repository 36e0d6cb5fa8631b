"""Tables and what goes with them: pages, tiles, time lines, steps, facts, hits, columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from onehall.foundation.web.tags.speech import Bilingual, Words, component, say
from onehall.foundation.web.tags.words import MARKS

register = Library()


def _element(name: str, content: str) -> SafeString:
    """`<name>content</name>`, or nothing for no content; the element's name is ours, the content is escaped."""
    return format_html("<{0}>{1}</{0}>", mark_safe(name), content) if content else mark_safe("")  # noqa: S308


@register.simple_block_tag(takes_context=True)
def table(context: Context, content: str, caption: Words = "", caption_en: str = "") -> SafeString:
    """`{% table "三者相符" "Three-way match" %}<thead>…<tbody>…{% endtable %}`; scrolls by itself when it is too wide."""
    head = _element("caption", say(context, caption, caption_en))
    return format_html('<div class="scroll"><table class="table">{}{}</table></div>', head, content)


@register.simple_block_tag(takes_context=True)
def panel(context: Context, content: str, title: Words = "", title_en: str = "", **more: Any) -> SafeString:
    """A sheet with a heading; the title states the finding when there is one. Also: note, note_en, id, live, src."""
    note = say(context, more.pop("note", ""), more.pop("note_en", ""))
    under = format_html('<div class="small quiet">{}</div>', note) if note else ""
    head = _element("h3", say(context, title, title_en))
    return format_html('<section class="panel"{}>{}{}{}</section>', _region(**more), head, under, content)


@register.simple_block_tag(takes_context=True)
def section(context: Context, content: str, title: Words = "", title_en: str = "", **more: Any) -> SafeString:
    """A part of a desk column. Also: id, live (topics), src (address of its content), stick (stays in sight)."""
    kind = "sec stick" if more.pop("stick", False) else "sec"
    head = _element("h2", say(context, title, title_en))
    return format_html('<section class="{}"{}>{}{}</section>', kind, _region(**more), head, content)


def _region(*, id: str = "", live: str = "", src: str = "") -> SafeString:
    """Attributes of a region that refreshes itself from `src` when one of the topics `live` is announced."""
    named = format_html(' id="{}"', id) if id else ""
    fresh = format_html(' data-live="{}" data-live-src="{}"', live, src) if live else ""
    return format_html("{}{}", named, fresh)


@component(register, "tile")
@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its name. `kind` warn or bad adds a sign; `note` then says whose it is and how old."""

    label: Words
    label_en: str = ""
    value: Any = ""
    unit: Words = ""
    unit_en: str = ""
    note: Words = ""
    note_en: str = ""
    kind: str = ""
    href: str = ""

    def more(self, context: Context) -> dict[str, Any]:
        """The sign of its kind; long figures take a smaller size, so that they stay on one line."""
        return {"mark": MARKS.get(self.kind, ""), "long": len(str(self.value)) > 9}


@component(register, "pager")
@dataclass(frozen=True, slots=True)
class Pager:
    """How many are shown, and the addresses of the pages before and after."""

    shown: int
    total: int | None = None
    previous: str = ""
    following: str = ""


@component(register, "crumbs")
@dataclass(frozen=True, slots=True)
class Crumbs:
    """Where one is: pairs of words and address, the last one is the page itself."""

    steps: Sequence[tuple[Words, str]]

    def more(self, context: Context) -> dict[str, Any]:
        """The steps in the page's language."""
        return {"steps": [(say(context, words), href) for words, href in self.steps]}


@component(register, "timeline")
@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, newest first. Row: `at`, `text` (words), optional `icon`, `kind` (good, warn, bad), `ref`, `href`."""

    rows: Iterable[Mapping[str, Any]]

    def more(self, context: Context) -> dict[str, Any]:
        """The rows in the page's language."""
        return {"rows": [{**row, "text": say(context, row["text"])} for row in self.rows]}


@component(register, "facts")
@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, as a definition list: pairs of words and value (words, text, number; None shows a dash)."""

    rows: Iterable[tuple[Words, Any]]

    def more(self, context: Context) -> dict[str, Any]:
        """Names and bilingual values in the page's language."""
        return {
            "rows": [
                (say(context, name), say(context, value) if isinstance(value, Bilingual) else value)
                for name, value in self.rows
            ]
        }


@component(register, "steps")
@dataclass(frozen=True, slots=True)
class Steps:
    """How far something has come: names in order, the current one counted from 1."""

    names: Sequence[Words]
    current: int

    def more(self, context: Context) -> dict[str, Any]:
        """The names in the page's language."""
        return {"names": [say(context, name) for name in self.names]}


@component(register, "hits")
@dataclass(frozen=True, slots=True)
class Hits:
    """The answer of a search: groups of a heading and hits. Hit: `href`, `title`, optional `detail`, `icon`, `mark` (words)."""

    groups: Sequence[tuple[Words, Sequence[Mapping[str, Any]]]]
    query: str = ""

    def more(self, context: Context) -> dict[str, Any]:
        """Groups that have hits, in the page's language."""
        return {
            "groups": [
                (say(context, head), [_said(context, hit) for hit in hits])
                for head, hits in self.groups
                if hits
            ]
        }


def _said(context: Context, hit: Mapping[str, Any]) -> dict[str, Any]:
    return {**hit, **{part: say(context, hit.get(part)) for part in ("title", "detail", "mark")}}


def _column(row: tuple[Any, ...]) -> tuple[Any, int, str, bool]:
    """Words, count, address and mark; the last two may be left out."""
    words, count, *more = row
    return words, count, more[0] if more else "", bool(more[1:] and more[1])


@component(register, "bars")
@dataclass(frozen=True, slots=True)
class Bars:
    """A small column chart with its table. Rows: words, a count and, where a column opens its list, the address; columns
    of at least `hot` are marked, and those whose row says so in its fourth place."""

    rows: Sequence[tuple[Any, ...]]
    unit: Words = ""
    unit_en: str = ""
    hot: int | None = None

    def more(self, context: Context) -> dict[str, Any]:
        """Where each column stands in a drawing of 540 × 160."""
        tallest = max((row[1] for row in self.rows), default=0) or 1
        width = 540 / max(len(self.rows), 1)
        return {
            "columns": [
                {
                    "x": round(place * width + width * 0.18),
                    "w": round(width * 0.64),
                    "h": (height := round(count / tallest * 120)),
                    "y": 136 - height,
                    "middle": round(place * width + width / 2),
                    "above": 130 - height,
                    "name": say(context, words),
                    "count": count,
                    "hot": bool(mark) or (self.hot is not None and count >= self.hot),
                    "href": href,
                }
                for place, (words, count, href, mark) in enumerate(map(_column, self.rows))
            ]
        }
