"""`onehall rate`: no database, no settings; results, words of an explanation, exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest

from onehall.entrances.console import main as console
from tests import rating_room as room
from tests.rating_room import LI_MIN, WANG


def _arguments(folder: Path, *more: str, month: str = "2026-10") -> list[str]:
    calls = [
        ("c1", "2026-10-05 10:00:00", LI_MIN, "8823", 33 * 60),
        ("c2", "2026-10-05 11:00:00", LI_MIN, "01088", 61),
        ("c2", "2026-10-06 11:00:00", WANG, "01088", 61),
        ("c3", "2026-10-05 11:00:00", LI_MIN, "0081", 61),
        ("c4", "2026-10-32 11:00:00", LI_MIN, "0081", 61),
    ]
    files = room.desk(folder, calls)
    paths = ("--accounts", files.accounts, "--prefixes", files.prefixes, "--plans", files.plans)
    return ["rate", str(files.calls), "--month", month, *map(str, paths), *more]


@pytest.mark.rule("VOI-02")
def test_it_rates_in_a_process_that_sets_no_django_up(tmp_path: Path) -> None:
    """A database that cannot be reached and settings that do not exist are never noticed."""
    command = [
        sys.executable,
        "-m",
        "onehall.entrances.console.main",
        *_arguments(tmp_path, "--out", str(tmp_path / "out")),
    ]
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "DJANGO_SETTINGS_MODULE": "no.such.settings",
               "PATH": "/usr/bin", "ONEHALL_HOME": str(tmp_path / "home")}  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, env=nowhere, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "2 rated, 3 in suspense" in done.stdout and "已计费 2" in done.stdout
    assert room.read_csv(tmp_path / "out" / "rated.csv")[1]["balance_after"] == "94434"
    assert not (tmp_path / "home").exists()


@pytest.mark.rule("BIL-05", "VOI-02")
def test_a_charge_is_explained_in_words_of_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """33 minutes took 4.95 of the 5 yuan; then two minutes of 0.3033 = 0.6066: 0.05 of credit, 0.5566 of 10.00."""
    assert console.main(_arguments(tmp_path, "--explain", "c2")) == 0
    said = capsys.readouterr().out
    for words in (
        "最长号段“010”（北京），类别 long_distance", "2 分钟（不足一分钟按一分钟）× 0.3033 元 = 0.6066 元",
        "赠送话费原有 0.05 元，支付 0.05 元，余 0.00 元", "余额原有 10.00 元，支付 0.5566 元，余 9.4434 元；本月第 2 次通话",
        "longest prefix “010” (北京), class long_distance", "2 started minutes × 0.3033 yuan = 0.6066 yuan",
        "credit: 0.05 before, pays 0.05, 0.00 left", "balance: 10.00 before, pays 0.5566, 9.4434 left; call 2 of the month",
        "line 4, call c2", "in suspense as repeat", "编号在前面已经出现过",
    ):  # fmt: skip
        assert words in said


@pytest.mark.rule("BIL-05")
@pytest.mark.parametrize(
    ("call_id", "words"),
    [
        ("c3", "plan yuezu has no price for class international"),
        ("c4", "its time or its seconds cannot be read"),
    ],
)
def test_a_call_in_suspense_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], call_id: str, words: str
) -> None:
    assert console.main(_arguments(tmp_path, "--explain", call_id)) == 0
    assert words in capsys.readouterr().out


@pytest.mark.rule("BIL-05", "VOI-02")
@pytest.mark.parametrize(
    ("more", "month", "code", "words"),
    [
        (("--explain", "nobody"), "2026-10", 1, "There is no call nobody"),
        (("--explain", "c1"), "2026-10-05", 1, "is not a month"),
        ((), "2026-10", 2, "--out"),
        (("--out", "x", "--engine", "abacus"), "2026-10", 2, "abacus"),
    ],
)
def test_a_wrong_question_gets_a_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    month: str,
    code: int,
    words: str,
) -> None:
    try:
        answered = console.main(_arguments(tmp_path, *more, month=month))
    except SystemExit as left:
        answered = int(left.code or 0)
    assert answered == code
    assert words in capsys.readouterr().err
