"""Service passwords are pressed on a telephone, and not the ones that anybody tries first (ADR-05, LAW-03)."""

import pytest

from onehall.contexts.provisioning.rules.refusals import SecretTooEasy
from onehall.contexts.provisioning.rules.telephone import check_service_password

HOW = {"number": "68001234", "initial": "888888", "least": 6}


@pytest.mark.rule("ADR-05", "LAW-03")
@pytest.mark.parametrize(
    "secret",
    [
        "",
        "12345",
        "13579",
        "13579a",
        "１３５７９２",
        "888888",
        "680012",
        "68001234",
        "112211",
        "123456",
        "890123",
        "987654",
        "210987",
    ],
)
def test_what_anybody_tries_first_is_refused(secret: str) -> None:
    with pytest.raises(SecretTooEasy) as refused:
        check_service_password(secret, **HOW)
    assert refused.value.field == "new"


@pytest.mark.rule("ADR-05")
@pytest.mark.parametrize("secret", ["135792", "246813", "1234567899", "024681"])
def test_figures_that_nobody_guesses_are_taken(secret: str) -> None:
    assert check_service_password(secret, **HOW) == secret
