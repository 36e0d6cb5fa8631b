"""The import contracts hold, and each of them bites: a house with a wall broken through is seen."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT, in_package

LINT = [
    sys.executable,
    "-c",
    "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())",
]
FORBIDDEN_WALLS = {
    "1 Storeys": ("foundation/crack.py", "import onehall.journeys"),
    "2 Rooms": ("contexts/orders/rules.py", "import onehall.contexts.ledger.api"),
    "3 Inside": ("contexts/orders/contracts.py", "import onehall.contexts.orders.models"),
    "4 A room": ("journeys/crack.py", "import onehall.contexts.orders.models"),
    "5 Ports": ("journeys/crack.py", "import onehall.contexts.provisioning.ports"),
    "6 Rules": ("contexts/orders/rules.py", "import django.db"),
    "7a Entrances": ("entrances/desk/crack.py", "import onehall.entrances.console"),
    "7b No journey": ("journeys/crack.py", "import onehall.journeys.other_crack"),
    "7c No run": ("runs/crack.py", "import onehall.runs.other_crack"),
    "7d Adapters": ("adapters/crack.py", "import onehall.adapters.other_crack"),
    "8 Screens": ("entrances/desk/crack.py", "import onehall.adapters.crack"),
    "9 No cycles": ("foundation/values/crack.py", "import onehall.foundation.database"),
    "10 Adapters": ("adapters/crack.py", "import onehall.contexts.orders.api"),
    "11 The foundation": ("foundation/refusals.py", "import onehall.foundation.database"),
}
EMPTY = [
    "contexts/provisioning/ports.py", "contexts/orders/api.py", "contexts/ledger/api.py", "journeys/other_crack.py", "runs/other_crack.py", "adapters/other_crack.py",
    "adapters/crack.py", "entrances/desk/__init__.py", "entrances/console/__init__.py",
]  # fmt: skip


def lint(house: Path) -> str:
    """What import-linter says about a copy of the house."""
    environment = os.environ | {"PYTHONPATH": str(house / "src"), "COLUMNS": "200"}
    answer = subprocess.run(
        [*LINT, "--no-cache"], cwd=house, env=environment, capture_output=True, text=True, check=False
    )
    return answer.stdout + answer.stderr


def lines_about(report: str, contract: str) -> list[str]:
    return [
        line
        for line in report.splitlines()
        if line.startswith(contract) and line.endswith(("KEPT", "BROKEN"))
    ]


@pytest.fixture(scope="module")
def cracked(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report on a copy of the house where every contract is broken once."""
    house = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / ".importlinter", house)
    for source in in_package():
        target = house / source.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.text, encoding="utf-8")
    for path in EMPTY:
        target = house / "src/onehall" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    for path, line in FORBIDDEN_WALLS.values():
        with (house / "src/onehall" / path).open("a", encoding="utf-8") as opened:
            opened.write(f"\n{line}\n")
    return lint(house)


def test_every_import_goes_the_way_the_architecture_allows() -> None:
    report = lint(ROOT)
    broken = [line for line in report.splitlines() if line.endswith("BROKEN")]
    assert "Contracts:" in report and not broken, f"run lint-imports for the whole chain:\n{report[-3000:]}"


@pytest.mark.parametrize("contract", FORBIDDEN_WALLS)
def test_a_broken_wall_is_seen(cracked: str, contract: str) -> None:
    lines = lines_about(cracked, contract)
    assert lines and lines[0].endswith("BROKEN"), (
        f"contract {contract} does not bite: {lines or cracked[-2000:]}"
    )


def test_every_contract_has_a_wall_that_tries_it(cracked: str) -> None:
    judged = [line for line in cracked.splitlines() if line.endswith(("KEPT", "BROKEN"))]
    tried = [line for line in judged if line.startswith(tuple(FORBIDDEN_WALLS))]
    assert judged == tried, f"no broken wall tries: {sorted(set(judged) - set(tried))}"


def test_imports_inside_functions_are_refused_by_the_linter() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    exempt = [pattern for pattern, codes in settings["per-file-ignores"].items() if "PLC0415" in codes]
    assert "PLC0415" in settings["select"] and "PLC0415" not in settings["ignore"]
    assert not [pattern for pattern in exempt if pattern.startswith("src")], (
        "an import inside a function hides a door"
    )
    silenced = [s.path for s in in_package() if "PLC0415" in s.text]
    assert not silenced, f"imports inside functions are silenced in: {silenced}. Mend: import at the top"
