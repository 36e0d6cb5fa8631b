"""Words, money, time, and the small marks between them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.template import Context, Library
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from onehall.foundation.values.money import Money
from onehall.foundation.web.tags.speech import Words, language, say

register = Library()

_UNITS = ((86_400, "天", "d"), (3_600, "小时", "h"), (60, "分钟", "min"))

MARKS = {"good": "✓", "warn": "!", "bad": "✕", "info": "●", "plain": ""}
"""The sign that stands before the word, so that colour is never the only one."""


@register.simple_tag(takes_context=True)
def t(context: Context, zh: str, en: str, **facts: Any) -> SafeString:
    """`{% t "共 {n} 件" "{n} in all" n=count %}`: the text in the page's language; facts are escaped."""
    words = en if language(context) == "en" else zh
    return format_html(words, **facts) if facts else mark_safe(conditional_escape(words))  # noqa: S308 - escaped


@register.simple_tag(takes_context=True)
def text(context: Context, words: Words) -> str:
    """A bilingual value (`Text`) in the page's language; a plain string is given back."""
    return say(context, words)


@register.simple_tag
def money(amount: Money, sign: str = "") -> SafeString:
    """¥1,286.00 in tabular figures. `sign="none"` leaves out ¥, `sign="always"` shows + as well as −."""
    lead = "" if sign == "none" else "¥"
    if amount.fen < 0:
        lead = "−" + lead
    elif sign == "always":
        lead = "+" + lead
    return format_html('<span class="num">{}{}</span>', lead, abs(amount).text)


@register.simple_tag(takes_context=True)
def half(context: Context, text: str) -> str:
    """Of a text of the profile that holds both languages as “中文 / English” the page's one; any other text as it is."""
    zh, parted, en = str(text).partition(" / ")
    return (en if language(context) == "en" else zh) if parted else str(text)


@register.simple_tag
def capitals(amount: Money) -> SafeString:
    """人民币大写, as receipts and forms need it (RCP-06); the same in both languages."""
    return format_html('<span lang="zh">{}</span>', amount.capitals)


@register.simple_tag(takes_context=True)
def when(context: Context, moment: datetime | date | None, show: str = "auto") -> SafeString | str:
    """Local time, with the distance from now as a hint.

    `show`: auto (14:32 today, 11-02 19:40 this year, else 2025-11-28), full, date, time, ago (12分钟前). A date stays a date.
    """
    if moment is None:
        return "—"
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), moment.isoformat())
    local = localtime(moment)
    present = localtime(context.get("at") or moment)
    ago = distance(local - present, language(context))
    shown = ago if show == "ago" else local.strftime(_pattern(local, present, show))
    hint = local.strftime("%Y-%m-%d %H:%M") if show == "ago" else f"{local:%Y-%m-%d %H:%M} · {ago}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), hint, shown)


def _pattern(local: datetime, present: datetime, show: str) -> str:
    fixed = {"full": "%Y-%m-%d %H:%M", "date": "%Y-%m-%d", "time": "%H:%M"}
    if show in fixed:
        return fixed[show]
    if local.date() == present.date():
        return "%H:%M"
    return "%m-%d %H:%M" if local.year == present.year else "%Y-%m-%d"


def distance(away: timedelta, lang: str) -> str:
    """How far a moment is from now, in one unit: 刚刚, 12分钟前, 3小时后, 20天前."""
    seconds = abs(away.total_seconds())
    if seconds < 60:
        return "just now" if lang == "en" else "刚刚"
    size, zh, en = next(unit for unit in _UNITS if seconds >= unit[0])
    count, later = int(seconds // size), away.total_seconds() > 0
    if lang == "en":
        return f"in {count} {en}" if later else f"{count} {en} ago"
    return f"{count}{zh}{'后' if later else '前'}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from icons.svg; decorative unless it has a label."""
    place = f"{static('onehall/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, place
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', place)


@register.simple_tag
def rule(number: str) -> SafeString:
    """A rule's number, leading to its text beside the work that is going on."""
    return format_html('<a class="rule" href="/rules/{0}" target="_blank" hx-boost="false">{0}</a>', number)


@register.simple_tag
def kbd(key: str) -> SafeString:
    """A key as it is printed on the keyboard."""
    return format_html("<kbd>{}</kbd>", key)


@register.simple_tag(takes_context=True)
def tag(context: Context, kind: str, words: Words, en: str = "", mark: str | None = None) -> SafeString:
    """A status: sign + word + colour. `kind`: good, warn, bad, info, plain; `mark` replaces the kind's own sign."""
    sign = MARKS[kind] if mark is None else mark
    shown = format_html('<span aria-hidden="true">{}</span>', sign) if sign else ""
    return format_html('<span class="tag {}">{}{}</span>', kind, shown, say(context, words, en))


@register.simple_tag(takes_context=True)
def timer(context: Context, since: datetime, amber: int = 0, red: int = 0) -> SafeString:
    """Time gone since `since`, counting; past `amber` and `red` seconds it says 偏久 and 超时 besides changing colour."""
    amber_word, red_word = ("long", "overdue") if language(context) == "en" else ("偏久", "超时")
    return format_html(
        '<time class="timer num" data-timer="{}" data-amber="{}" data-red="{}" data-amber-word="{}"'
        ' data-red-word="{}" data-now="{}"></time>',
        since.isoformat(),
        amber,
        red,
        amber_word,
        red_word,
        (context.get("at") or since).isoformat(),
    )


@register.simple_tag
def modules(*names: str) -> SafeString:
    """Script elements of the small modules a frame needs; no module imports another, so no address is hidden in one."""
    return format_html_join(
        "\n", '<script type="module" src="{}"></script>', ((static(f"onehall/{name}.js"),) for name in names)
    )
