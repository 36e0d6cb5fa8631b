"""`onehall walk` tells the rooms of a procedure in the order of its code."""

import argparse
from pathlib import Path

import pytest

from onehall.entrances.console.commands import walk

TOY = {
    "__init__.py": "",
    "contexts/__init__.py": "",
    "contexts/drawer/__init__.py": "",
    "contexts/drawer/api.py": "def take_in(*, fen): ...\n",
    "contexts/books/__init__.py": "",
    "contexts/books/api.py": "def post(*, fen): ...\ndef draw(*, fen): ...\nclass Posting: ...\n",
    "contexts/unused/__init__.py": "",
    "contexts/unused/api.py": "def never(): ...\n",
    "foundation/__init__.py": "",
    "foundation/audit/__init__.py": "def record(*, what): ...\n",
    "steps/__init__.py": "",
    "steps/number.py": (
        "from onehall.contexts.books.api import draw\n"
        "def number(*, fen):\n    return draw(fen=fen)\n"
        "def other(*, fen):\n    return draw(fen=fen)\n"
    ),
    "journeys/__init__.py": "",
    "journeys/pay.py": (
        '"""Takes money."""\n'
        "from onehall.contexts.books.api import Posting, post\n"
        "from onehall.contexts.drawer import api as drawer\n"
        "from onehall.contexts.unused.api import never\n"
        "from onehall.foundation.audit import record\n"
        "from onehall.steps import number as numbers\n"
        "def pay(*, fen: Posting):\n"
        "    drawer.take_in(fen=fen)\n"
        "    _book(fen)\n"
        "    record(what=1)\n"
        "def _book(fen):\n"
        "    numbers.number(fen=fen)\n"
        "    post(fen=Posting())\n"
    ),
}


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small house of two rooms, one step and one journey."""
    package = tmp_path / "toyhall"
    for path, text in TOY.items():
        target = package / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("onehall", "toyhall"), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(walk, "NAME", "toyhall")
    monkeypatch.setattr(walk, "PACKAGE", package)
    return package


def test_rooms_are_told_in_the_order_in_which_the_code_visits_them(toy: Path) -> None:
    told = walk.lines("pay", walk.imports())
    assert told[0] == "pay: Takes money."
    assert [line.split() for line in told[2:4]] == [
        ["1", "drawer", "take_in"],
        ["2", "books", "draw,", "post"],
    ]
    assert told[-1].split() == ["audit", "record"]
    assert not any("unused" in line for line in told), "an import that no line uses is no visit"


def test_changing_the_order_of_the_code_changes_the_walk(toy: Path) -> None:
    journey = toy / "journeys/pay.py"
    text = journey.read_text(encoding="utf-8")
    journey.write_text(
        text.replace(
            "    drawer.take_in(fen=fen)\n    _book(fen)", "    _book(fen)\n    drawer.take_in(fen=fen)"
        )
    )
    assert [line.split()[1] for line in walk.lines("pay", walk.imports())[2:4]] == ["books", "drawer"]


def test_every_journey_of_the_house_can_be_walked() -> None:
    graph = walk.imports()
    assert walk.journeys()
    for journey in walk.journeys():
        assert len(walk.lines(journey, graph)) > 2, f"{journey} visits nothing"


def test_an_unknown_journey_is_answered_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    walk.add(parser.add_subparsers())
    arguments = parser.parse_args(["walk", "no_such_thing"])
    assert arguments.run(arguments) == 2
    assert walk.journeys()[0] in capsys.readouterr().err
