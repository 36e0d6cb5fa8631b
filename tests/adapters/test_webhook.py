"""The sender against a real receiver: right, slow, dead, hostile; and only where it may go (API-01)."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any
from uuid import UUID

import pytest

from onehall.adapters.webhook.codec import body, headers, signature
from onehall.adapters.webhook.plug import http_sender
from onehall.foundation.webhooks.contracts import Answer, Letter
from onehall.foundation.webhooks.rules import may_reach, url_fault
from tests.adapters.receiver import Receiver, receiver

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LETTER = Letter(
    delivery_id=1, subscription_id=1, message_id=UUID("6f8b7a0e-1111-4222-8333-0123456789ab"), url="", secrets=("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",),
    topic="payment.taken", hall_id=3, event_id=77, payload={"basket": 12}, happened_at=AT, at=AT, attempts=1, made_at=AT,
    seconds=1.0, networks=("127.0.0.0/8",),
)  # fmt: skip


@pytest.fixture
def there() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


@pytest.fixture(scope="module")
def sender() -> Any:
    return http_sender()


def test_the_signature_is_the_one_of_the_standard() -> None:
    """The example of the Standard Webhooks reference libraries, so that theirs verify ours."""
    found = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        b'{"test": 2432232314}',
    )
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="  # fmt: skip


@pytest.mark.rule("API-01")
def test_every_attempt_has_the_same_body_and_id_and_every_secret_signs() -> None:
    later = replace(LETTER, at=AT.replace(minute=30), attempts=2, secrets=("whsec_AAAA", "whsec_BBBB"))
    assert body(LETTER) == body(later)
    assert body(LETTER) == (
        b'{"data":{"basket":12},"hall":3,"id":77,"timestamp":"2026-11-25T09:00:00.000+00:00","type":"payment.taken"}'
    )
    first, second = headers(LETTER, body(LETTER)), headers(later, body(later))
    assert (
        first["webhook-id"]
        == second["webhook-id"]
        == "msg_6f8b7a0e111142228333 0123456789ab".replace(" ", "")
    )
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 1800
    assert [part[:3] for part in second["webhook-signature"].split(" ")] == ["v1,", "v1,"]


@pytest.mark.rule("API-01")
@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/ok", Answer(204)),
        ("/500", Answer(500)),
        ("/410", Answer(410)),
        ("/302", Answer(302)),
        ("/429", Answer(429, "", 900)),
        ("/reset", Answer(None, "reset")),
        ("/nonsense", Answer(None, "reset")),
        ("/never", Answer(None, "timeout")),
        ("/drip", Answer(None, "timeout")),
        ("/flood", Answer(200)),
    ],
)
def test_whatever_a_receiver_does_is_an_answer_within_its_time(
    there: Receiver, sender: Any, path: str, answer: Answer
) -> None:
    began = time.monotonic()
    assert sender.send(replace(LETTER, url=there.url + path)).result(15) == answer
    assert time.monotonic() - began < 10, "the receiver held us"
    assert not there.at("/redirected"), "a redirect was followed"


@pytest.mark.rule("API-01")
def test_one_that_never_answers_delays_nobody(there: Receiver, sender: Any) -> None:
    held = [sender.send(replace(LETTER, url=there.url + "/never", seconds=150.0)) for _ in range(70)]
    assert sender.send(replace(LETTER, url=there.url + "/ok", seconds=60.0)).result(62) == Answer(204)
    assert not any(one.done() for one in held)
    there.let_go.set()
    assert {one.result(20).failure for one in held} == {"reset"}


@pytest.mark.rule("API-01")
def test_no_network_of_ours_is_reached_unless_it_is_allowed(there: Receiver, sender: Any) -> None:
    port = there.url.rsplit(":", 1)[1]
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "[::1]", "2130706433"):
        answer = sender.send(
            replace(LETTER, url=f"http://{host}:{port}/ok", networks=("10.0.0.0/8",))
        ).result(15)
        assert answer in (Answer(None, "forbidden_address"), Answer(None, "no_address")), host
    assert there.heard == []
    assert sender.send(replace(LETTER, url=f"http://localhost:{port}/ok")).result(15) == Answer(204)
    assert there.heard[0].headers["host"] == f"localhost:{port}"


@pytest.mark.rule("API-01")
def test_what_cannot_be_reached_is_said_in_a_word(sender: Any) -> None:
    for url, word in (
        ("http://127.0.0.1:1/", "refused"),
        ("http://nowhere.invalid/", "no_address"),
    ):
        assert sender.send(replace(LETTER, url=url, seconds=5.0)).result(10).failure in (word, "timeout")


@pytest.mark.parametrize(
    ("address", "networks", "may"),
    [
        ("8.8.8.8", (), True),
        ("2606:4700::1", (), True),
        ("127.0.0.1", (), False),
        ("10.0.0.5", (), False),
        ("10.0.0.5", ("10.0.0.0/8",), True),
        ("10.0.0.5", ("192.168.0.0/16", "nonsense", ""), False),
        ("169.254.169.254", (), False),
        ("100.64.0.1", (), False),
        ("0.0.0.0", (), False),
        ("224.0.0.1", (), False),
        ("255.255.255.255", (), False),
        ("::1", ("127.0.0.0/8",), False),
        ("::ffff:10.0.0.1", (), False),
        ("64:ff9b::7f00:1", (), False),
        ("2002:7f00:1::", (), False),
        ("fe80::1", (), False),
        ("fd00::1", ("fd00::/8",), True),
    ],
)  # fmt: skip
def test_which_addresses_may_be_reached(address: str, networks: tuple[str, ...], may: bool) -> None:
    assert may_reach(ip_address(address), networks) is may


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://hooks.example/onehall?x=1", True),
        ("http://hooks.example:8080/", True),
        ("http://8.8.8.8/", True),
        ("ftp://hooks.example/", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("https://user:word@hooks.example/", False),
        ("https://", False),
        ("https://hooks.example:99999/", False),
        ("https://hooks.example/ x", False),
        ("https://hooks.example/#part", False),
        ("http://10.0.0.1/", False),
        ("http://[::1]/", False),
        ("https://hooks.example/" + "x" * 500, False),
    ],
)
def test_which_addresses_are_taken_down(url: str, good: bool) -> None:
    assert (url_fault(url, ()) is None) is good
