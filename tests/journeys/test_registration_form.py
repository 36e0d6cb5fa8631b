"""用户登记表: the manual's fields of one line on A4, only for whom the customer was verified to (ORD-08, REC-01)."""

import subprocess

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.documents.typesetting import Copy, typeset
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text
from onehall.journeys.issue_registration import issue_registration
from onehall.journeys.state_purpose import state_purpose
from tests.cast import Cast

EVERYWHERE = Scope.operator()


@pytest.mark.rule("REC-01")
@pytest.mark.parts("poppler-utils")
def test_the_registration_form_has_the_fields_of_the_manual_and_no_password(cast: Cast) -> None:
    li_min = cast.clerk()
    cast.new_line(li_min)
    line = subscriptions.subscription_by_account(account_name="dw0120502", scope=EVERYWHERE)
    assert line is not None and line.expires_at is not None
    with pytest.raises(customers.PurposeNeeded):
        issue_registration(subscription_id=line.id, by=li_min, at=cast.now)
    present = customers.PurposeStated(
        customers.PurposeKind.PRESENT_VERIFIED, customers.Verification.ID_DOCUMENT
    )
    state_purpose(party_id=line.party_id, stated=present, by=li_min, at=cast.now)
    paper = issue_registration(subscription_id=line.id, by=li_min, at=cast.now)
    who = customers.on_paper(line.party_id, scope=EVERYWHERE)
    copy = Copy(number=1, by="李敏（0213）", place=Text("馨苑厅", "Xinyuan"), at=cast.now)
    for lang in ("zh", "en"):
        pdf = typeset(paper, copy, base_url="http://x", lang=lang)
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
        said = "".join(done.stdout.decode().split()).replace("\u200b", "")
        for fact in (
            line.serial,
            "dw0120502",
            "王建国",
            who.document,
            who.phone,
            "880.00",
            "捌佰捌拾元整",
            "李敏",
        ):
            assert fact in said, (lang, fact)
        assert f"{line.terms[0].period.start:%Y-%m}" in said
    assert "a123456" not in str(paper.content)
