"""The guide's examples run as they stand (API-01)."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from tests.cast import Cast, count
from tests.conftest_database import TestServer
from tests.house.source import ROOT

GUIDE = ROOT / "docs/guides/api.md"


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture
def address(real_cast: Cast) -> Iterator[str]:
    """The pages of the cast's hall on a free port."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Threaded, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.rule("API-01", "ORD-13", "API-04")
@pytest.mark.parts("curl")
def test_the_guides_examples_run_as_they_stand(
    address: str, real_cast: Cast, test_server: TestServer, tmp_path: Path
) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    console = (
        f'onehall() {{ "{sys.executable}" -m onehall.entrances.console.main "$@"; }}; export -f onehall\n'
    )
    script = (
        "set -eu\n"
        + console
        + "\n".join(blocks).replace(
            "xargs onehall token revoke", "xargs -I@ bash -c 'onehall token revoke @'"
        )
    )
    environment = {
        **os.environ, "HALL": address, "ONEHALL_HOME": str(tmp_path / "home"), "NO_PROXY": "*",
        "DATABASE_URL": test_server.url(str(connection.settings_dict["NAME"])),
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert done.stderr == ""
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF-")
    assert (count("ledger_payment"), count("identity_token", "revoked_at is not null")) == (1, 1)
    for said in (
        '"change_fen": 0',
        '"code": "not_found"',
        "was not found.",
        '"code": "api.key_needed"',
    ):
        assert said in done.stdout, said
