"""A short disturbed day: what `make chaos` does for minutes, with one kill of each heavy kind (LED-03)."""

from pathlib import Path

import pytest

from chaos.__main__ import Wish, run

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc"),
    pytest.mark.xdist_group("console"),
]


@pytest.mark.rule("LED-03", "LED-02", "RCP-01")
def test_whoever_was_told_paid_finds_the_receipt_whatever_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    for inherited in ("DATABASE_URL", "ONEHALL_KEYS"):
        monkeypatch.delenv(inherited, raising=False)
    assert run(Wish(seed=20261125, minutes=3, kills=9, pause=(0.2, 0.5), baskets=320, homes=160)) == []
