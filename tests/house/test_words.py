"""docs/words.md: one Chinese term, one English name, one room, and the name stands in the code."""

import re
from collections import Counter
from dataclasses import dataclass

from tests.house.source import ROOT, files, in_package

PLACES = {"foundation", "journeys", "entrances", "runs", "readings", "steps", "adapters"}


@dataclass(frozen=True)
class Word:
    """A row of the list."""

    zh: str
    en: str
    room: str
    code: str


def read(text: str) -> list[Word]:
    """The rows of the table."""
    rows = (line.strip("| \n").split("|") for line in text.splitlines() if line.startswith("| "))
    cells = [[cell.strip() for cell in row] for row in rows]
    return [Word(zh, en, room, code.strip("`")) for zh, en, room, code in cells if code.startswith("`")]


def faults(words: list[Word], rooms: set[str], code: str) -> list[str]:
    """What is wrong with the list."""
    found = []
    for side, names in (("中文", [w.zh for w in words]), ("English", [w.en.lower() for w in words])):
        found += [
            f"{name} stands {times} times ({side})" for name, times in Counter(names).items() if times > 1
        ]
    found += [f"{word.en}: {word.room} is no room" for word in words if word.room not in rooms]
    known = set(re.findall(r"\w+", code))
    found += [
        f"{word.en}: `{word.code}` does not stand in the code" for word in words if word.code not in known
    ]
    return found


def test_every_word_has_one_name_one_room_and_stands_in_the_code() -> None:
    words = read((ROOT / "docs/words.md").read_text(encoding="utf-8"))
    assert len(words) > 80, "the list was not read"
    rooms = {source.room for source in in_package("contexts") if source.room} | PLACES
    code = "\n".join(source.text for source in [*files(), *files("src/onehall", ".toml", ".html")])
    wrong = faults(words, rooms, code)
    assert not wrong, "docs/words.md: " + "; ".join(wrong)


def test_a_word_given_twice_or_not_used_is_seen() -> None:
    text = "| 中文 | English | room | in code |\n|---|---|---|---|\n| 台席 | counter | organisation | `Counter` |\n"
    assert faults(read(text), {"organisation"}, "class Counter:") == []
    assert faults(read(text + "| 台席 | desk | organisation | `Counter` |\n"), {"organisation"}, "Counter")
    assert faults(read(text + "| 窗口 | Counter | organisation | `Counter` |\n"), {"organisation"}, "Counter")
    assert faults(read(text), {"ledger"}, "Counter")
    assert faults(read(text), {"organisation"}, "class Window:")
