"""Two taps, and a tap while the desk changes the basket, at one instant: one signature, under what was shown (LAW-32)."""

import pytest

from onehall.contexts.orders import api as orders
from onehall.foundation.documents.display import signing
from onehall.foundation.documents.queries import document
from onehall.foundation.documents.signed import SIGNATURE
from onehall.foundation.documents.signing import Signing, SigningOver, SigningState
from onehall.foundation.documents.strokes import Pad
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.journeys.add_item import add_item
from onehall.journeys.ask_signature import ask_signature
from onehall.journeys.sign_on_display import sign_on_display
from tests.cast import Cast, count, dwelling
from tests.journeys.at_once import at_once

EVERYWHERE = Scope.operator()
HAND = Pad(400, 150, (((40, 60, 0, 0.4), (180, 90, 120, 0.7)),))


def sign(cast: Cast, by: Actor, asked: Signing) -> Signing:
    paper = document(asked.document_id, scope=EVERYWHERE)
    return sign_on_display(
        request_id=asked.id,
        shown=paper.sha256,
        terms=paper.content["terms_version"],
        pad=HAND,
        by=by,
        at=cast.now,
    )


@pytest.mark.rule("LAW-32", "ORD-13")
def test_two_taps_make_one_signature_and_a_basket_is_signed_or_changed_but_never_both(
    real_cast: Cast,
) -> None:
    li_min, home = real_cast.clerk(), dwelling("dw", "1", "2", "502")
    basket = real_cast.basket(li_min, real_cast.registered(li_min).id, home, ("new_broadband", "bb20-year"))
    asked = ask_signature(basket_id=basket.id, by=li_min, at=real_cast.now)
    told = at_once(*([lambda: sign(real_cast, li_min, asked)] * 3))
    assert sorted(type(one).__name__ for one in told) == ["Signing", "SigningOver", "SigningOver"]
    assert count("orders_signature") == 1 and count("documents_document", "kind = 'acceptance'") == 2

    other = real_cast.registered(li_min).id
    second = real_cast.basket(li_min, other, dwelling("dw", "1", "2", "503"), ("new_broadband", "bb20-year"))
    asked = ask_signature(basket_id=second.id, by=li_min, at=real_cast.now)
    more = {
        "dwelling_id": dwelling("dw", "1", "2", "503"),
        "offering": "router-setup",
        "business": "router_setup",
    }
    signed, added = at_once(
        lambda: sign(real_cast, li_min, asked),
        lambda: add_item(party_id=other, quantity=1, by=li_min, at=real_cast.now, **more),  # type: ignore[arg-type]
    )
    lines = orders.basket(basket_id=second.id, scope=EVERYWHERE).items
    if isinstance(signed, Refusal):
        assert isinstance(signed, SigningOver) and len(lines) == 2
        assert signing(asked.id, scope=EVERYWHERE).state is SigningState.WAITING
    else:
        assert isinstance(added, orders.BasketSigned) and len(lines) == 1
        kept = orders.signature(basket_id=second.id, scope=EVERYWHERE)
        assert kept is not None and kept.document_id is not None
        assert SIGNATURE in document(kept.document_id, scope=EVERYWHERE).content
