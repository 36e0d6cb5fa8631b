"""The receiver's ten lines in docs/guides/webhooks.md do what they say, on a delivery that really came (API-01)."""

import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onehall.adapters.webhook.codec import body, headers
from tests.adapters.test_webhook import LETTER
from tests.house.source import ROOT


@pytest.mark.rule("API-01")
def test_the_guides_lines_verify_what_we_send_and_nothing_else() -> None:
    guide = (ROOT / "docs/guides/webhooks.md").read_text(encoding="utf-8")
    (sample,) = re.findall(r"```python\n(.*?)```", guide, re.S)
    made: dict[str, Any] = {}
    exec(sample, made)
    verified, secret = made["verified"], LETTER.secrets[0]
    letter = replace(LETTER, at=datetime.fromtimestamp(time.time(), UTC), secrets=("whsec_AAAA", secret))
    sent = headers(letter, body(letter))
    assert verified(secret, sent, body(letter)) and verified("whsec_AAAA", sent, body(letter))
    assert not verified("whsec_BBBB", sent, body(letter))
    assert not verified(secret, sent, body(letter) + b" ")
    old = replace(letter, at=letter.at - timedelta(hours=1))
    assert not verified(secret, headers(old, body(old)), body(old))
