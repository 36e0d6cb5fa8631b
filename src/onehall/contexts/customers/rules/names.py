"""Names: what may be kept, and by what they are found (CUS-04): bigrams, pinyin initials, full pinyin."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from onehall.contexts.customers.contracts import PartyKind
from onehall.contexts.customers.rules.refusals import BadName

LONGEST = 60  # structural: the width of the column
_REFUSED = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "查": "zha", "解": "xie", "朴": "piao", "盖": "ge", "区": "ou",
    "覃": "qin", "乐": "yue", "折": "she", "种": "chong", "缪": "miao", "牟": "mu", "洗": "xian", "员": "yun",
    "召": "shao", "么": "yao", "翟": "zhai", "隗": "wei", "句": "gou", "祭": "zhai", "黑": "he", "秘": "bi",
    "繁": "po", "能": "nai", "薄": "bo", "卜": "bu", "都": "du", "阚": "kan", "佴": "nai",
}  # fmt: skip
_DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "宇文": ("yu", "wen"), "皇甫": ("huang", "fu"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """`bigrams` of the letters without spaces and dots; `initials` wjg; `pinyin` wangjianguo."""

    bigrams: tuple[str, ...]
    initials: str
    pinyin: str


def check_name(typed: str, *, field: str = "name") -> str:
    """The name, trimmed; rare characters (㛃, 𠮷) stay as they are, control characters are refused."""
    name = re.sub("[ \u3000]+", " ", typed).strip()
    if not name:
        raise BadName(field=field, why="没有填写", why_en="it is empty")
    if len(name) > LONGEST:
        raise BadName(
            field=field, why=f"超过 {LONGEST} 个字", why_en=f"it is longer than {LONGEST} characters"
        )
    if any(unicodedata.category(letter) in _REFUSED for letter in name):
        raise BadName(field=field, why="含有看不见的控制字符", why_en="it holds invisible control characters")
    return name


def search_keys(name: str, kind: PartyKind) -> SearchKeys:
    """What the name is found by. Only a person's first character is read as a surname (单 shan, 曾 zeng)."""
    words = name.casefold().replace("·", " ").replace("•", " ").split()
    letters = "".join(words)
    syllables = [syllable for word in words for syllable in _syllables(word)]
    if kind is PartyKind.INDIVIDUAL:
        first = _DOUBLE_SURNAMES.get(letters[:2]) or (_SURNAMES.get(letters[:1]),)
        syllables[: len(first)] = [own or usual for own, usual in zip(first, syllables, strict=False)]
    return SearchKeys(bigrams(letters), "".join(s[:1] for s in syllables), "".join(syllables))


def bigrams(text: str) -> tuple[str, ...]:
    """Neighbouring pairs, each once, in order; a single character stands for itself."""
    if len(text) < 2:
        return (text,) if text else ()
    return tuple(dict.fromkeys(text[place : place + 2] for place in range(len(text) - 1)))


def _syllables(word: str) -> list[str]:
    """Chinese characters one by one; a run of Latin letters or digits is one syllable."""
    syllables, run = [], ""
    for letter in word:
        if letter.isascii() and letter.isalnum():
            run += letter
            continue
        syllables += [run] if run else []
        run = ""
        syllables += [read] if (read := _read(letter)) else []
    return [*syllables, run] if run else syllables


@lru_cache(maxsize=30_000)  # structural: about as many characters as anybody is named by
def _read(letter: str) -> str:
    """Its commonest reading in a–z (ü as v), or nothing where none is known."""
    pinyin = _pinyin()
    read = pinyin.lazy_pinyin(letter, style=pinyin.Style.NORMAL, errors="ignore")
    return "".join(c for c in (read[0] if read else "").replace("ü", "v") if c.isascii() and c.isalpha())


def _pinyin() -> Any:
    """The library, loaded when a name is read: it takes longer than all of Django, and most processes never read one."""
    return import_module("pypinyin")
