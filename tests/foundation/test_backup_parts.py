"""The parts of backups that need no server: the script that keeps the log, the swap of data folders, the sealed keys (CON-09)."""

import gzip
import subprocess
from pathlib import Path

import pytest

from onehall.foundation.embedded import Server, archive, restore, strongbox
from onehall.foundation.embedded.backup_problems import WrongPassphrase

pytestmark = pytest.mark.rule("CON-09")


@pytest.mark.parametrize("cut", ["before the first rename", "between the renames", "after the second"])
def test_killed_while_the_data_change_places_the_next_start_finishes_it(cut: str, tmp_path: Path) -> None:
    cluster = Server(tmp_path).cluster
    incoming, aside = cluster.folder / restore.DATA, cluster.folder / "data.before-1"
    for folder, version in ((cluster.data, "old"), (incoming, "new")):
        folder.mkdir(parents=True)
        (folder / "which").write_text(version)
    (cluster.folder / "swap.json").write_text('{"incoming": "data.restored", "aside": "data.before-1"}')
    if cut != "before the first rename":
        cluster.data.rename(aside)
    if cut == "after the second":
        incoming.rename(cluster.data)
    cluster.settle()
    assert (cluster.data / "which").read_text() == "new"
    assert (aside / "which").read_text() == "old"
    assert not (cluster.folder / "swap.json").exists()
    cluster.settle()
    assert (cluster.data / "which").read_text() == "new"


def test_the_log_is_kept_once_and_trouble_is_not_swallowed(tmp_path: Path) -> None:
    data, wal = tmp_path / "data", tmp_path / "wal"
    for folder in (data, wal):
        folder.mkdir()
    archive.write_scripts(tmp_path)

    def keep(content: bytes) -> int:
        (data / "segment").write_bytes(content)
        command = ["sh", "../archive.sh", "segment", "000000010000000000000001"]
        return subprocess.run(command, cwd=data, capture_output=True, check=False).returncode

    assert keep(b"one") == 0
    assert list(wal.iterdir()) == []
    archive.link(tmp_path / "archive", wal)
    assert keep(b"one") == 0
    assert keep(b"one") == 0
    assert keep(b"another server's") != 0
    kept = wal / "000000010000000000000001.gz"
    assert gzip.decompress(kept.read_bytes()) == b"one"
    kept.write_bytes(kept.read_bytes()[:5])
    assert keep(b"one") == 0
    assert gzip.decompress(kept.read_bytes()) == b"one"
    archive.link(tmp_path / "archive", tmp_path / "unplugged")
    assert keep(b"two") != 0


def test_keys_in_a_backup_open_with_the_passphrase_alone(tmp_path: Path) -> None:
    file = tmp_path / strongbox.NAME
    strongbox.seal(file, {"keys.toml": "the keys"}, "correct horse battery")
    assert "the keys" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert strongbox.unseal(file, "correct horse battery") == {"keys.toml": "the keys"}
    with pytest.raises(WrongPassphrase):
        strongbox.unseal(file, "correct horse batterz")
    file.write_text(file.read_text()[:-2] + "00")
    with pytest.raises(WrongPassphrase):
        strongbox.unseal(file, "correct horse battery")
