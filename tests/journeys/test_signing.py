"""The customer signs on the counter's display: what is shown, what is refused, and that nothing can be altered unseen."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from onehall.contexts.orders import api as orders
from onehall.contexts.orders.models import Signature
from onehall.foundation import audit
from onehall.foundation.database import fetch_all
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.display import signing, signing_at
from onehall.foundation.documents.forms import canonical, sha256
from onehall.foundation.documents.models import SigningRequest
from onehall.foundation.documents.queries import document, documents_of
from onehall.foundation.documents.signed import SIGNATURE, unsigned
from onehall.foundation.documents.signing import Signing, SigningOver, SigningState, Wrong
from onehall.foundation.documents.strokes import Pad
from onehall.foundation.documents.typesetting import Copy, typeset
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, NotFound, Scope
from onehall.foundation.values.text import Text
from onehall.journeys.add_item import add_item
from onehall.journeys.ask_signature import ask_signature
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.object_on_display import object_on_display
from onehall.journeys.remove_item import remove_item
from onehall.journeys.sign_acceptance import sign_acceptance
from onehall.journeys.sign_on_display import sign_on_display
from onehall.journeys.withdraw_signature_request import withdraw_signature_request
from onehall.readings.signatures import verify_signatures
from tests.cast import Cast, dwelling

EVERYWHERE = Scope.operator()
HAND = Pad(400, 150, (((40, 60, 0, 0.4), (180, 90, 120, 0.7)), ((60, 30, 300, 0.5), (90, 120, 420, 0.5))))
DOT = Pad(400, 150, (((40, 60, 0, 0.4), (41, 60, 20, 0.4)),))


@dataclass
class Counter:
    """李敏 serves 王建国, whose form is shown on her display."""

    cast: Cast
    clerk: Actor
    basket: orders.Basket
    asked: Signing

    @property
    def form(self) -> Document:
        return document(self.asked.document_id, scope=EVERYWHERE)

    def sign(self, pad: Pad = HAND, terms: str | None = None, **other: object) -> Signing:
        facts = {"shown": self.form.sha256, "by": self.clerk, "request_id": self.asked.id, **other}
        version = self.form.content["terms_version"] if terms is None else terms
        return sign_on_display(pad=pad, terms=version, at=self.cast.later(seconds=20), **facts)  # type: ignore[arg-type]

    def nothing_signed(self) -> bool:
        kept = Signature.objects.filter(pk=self.basket.id).exists()
        papers = documents_of("basket", self.basket.id, scope=EVERYWHERE)
        return not kept and all(SIGNATURE not in paper.content for paper in papers)


@pytest.fixture
def counter(cast: Cast) -> Counter:
    li_min = cast.clerk()
    card = cast.registered(li_min)
    basket = cast.basket(li_min, card.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))
    return Counter(cast, li_min, basket, ask_signature(basket_id=basket.id, by=li_min, at=cast.now))


@pytest.mark.rule("ORD-02", "ORD-14", "LAW-32")
def test_the_signed_form_is_the_shown_one_to_the_letter_with_strokes_hash_time_and_terms(
    counter: Counter,
) -> None:
    shown = counter.form
    done = counter.sign()
    assert done.state is SigningState.SIGNED
    kept = orders.signature(basket_id=counter.basket.id, scope=EVERYWHERE)
    assert kept is not None and kept.document_id is not None
    assert (kept.method, kept.document_sha256, kept.at) == (
        "screen",
        bytes.fromhex(shown.sha256),
        counter.cast.now,
    )
    record = document(kept.document_id, scope=EVERYWHERE)
    assert unsigned(record.content) == shown.content
    assert sha256(canonical(unsigned(record.content))).hex() == shown.sha256
    signed = record.content[SIGNATURE]
    assert signed["terms_version"] == shown.content["terms_version"]
    assert signed["signed_at"]["iso"] == counter.cast.now.isoformat()
    strokes = json.loads(Signature.objects.get(pk=counter.basket.id).strokes or "")
    assert strokes["strokes"] == [[list(point) for point in stroke] for stroke in HAND.strokes]


@pytest.mark.rule("ORD-02", "LAW-32")
def test_a_new_print_before_and_after_paying_is_the_signed_form(counter: Counter) -> None:
    counter.sign()
    signed = issue_acceptance_form(basket_id=counter.basket.id, by=counter.clerk, at=counter.cast.now)
    assert SIGNATURE in signed.content
    counter.cast.pay(counter.clerk, counter.basket.id)
    again = issue_acceptance_form(
        basket_id=counter.basket.id, by=counter.clerk, at=counter.cast.later(days=40)
    )
    assert (again.id, again.sha256) == (signed.id, signed.sha256)


@pytest.mark.rule("LAW-32")
@pytest.mark.parts("poppler-utils")
def test_the_strokes_are_drawn_on_the_paper(counter: Counter) -> None:
    unsigned_paper = counter.form
    counter.sign()
    signed = issue_acceptance_form(basket_id=counter.basket.id, by=counter.clerk, at=counter.cast.now)
    copy = Copy(number=1, by="李敏（0213）", place=Text("馨苑厅", "Xinyuan"), at=counter.cast.now)
    papers = [typeset(paper, copy, base_url="http://x") for paper in (unsigned_paper, signed)]
    words = subprocess.run(["pdftotext", "-raw", "-", "-"], input=papers[1], capture_output=True, check=True)
    assert signed.content[SIGNATURE]["strokes_sha256"][:16] in words.stdout.decode()
    dark = [_ink_on(paper) for paper in papers]
    assert dark[1] > dark[0] + 100, "the signed paper shows lines that the other one has not"


def _ink_on(paper: bytes) -> int:
    """Points in the pen's blue on the first page: nothing else on the form has a colour."""
    image = subprocess.run(
        ["pdftoppm", "-r", "60", "-f", "1", "-singlefile", "-"], input=paper, capture_output=True, check=True
    ).stdout
    pixels = image[-(len(image) - 15) // 3 * 3 :]
    return sum(1 for i in range(0, len(pixels) - 2, 3) if pixels[i + 2] > pixels[i] + 20)


REFUSED: dict[str, Callable[[Counter], object]] = {
    "documents.signature_too_short": lambda one: one.sign(DOT),
    "acceptance.terms_not_ticked": lambda one: one.sign(terms=""),
    "acceptance.form_changed": lambda one: one.sign(shown="0" * 64),
    "documents.signing_elsewhere": lambda one: one.sign(by=one.cast.clerk("0211", "2", drawer=False)),
    "not_found": lambda one: one.sign(by=one.cast.sign_in("0311", hall="guandi", counter="1")),
}


@pytest.mark.rule("LAW-32", "ORD-14")
@pytest.mark.parametrize("code", REFUSED)
def test_what_is_no_signature_of_this_form_here_and_now_leaves_the_request_waiting(
    counter: Counter, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        REFUSED[code](counter)
    assert refused.value.code == code
    assert counter.nothing_signed()
    assert signing(counter.asked.id, scope=EVERYWHERE).state is SigningState.WAITING
    assert counter.sign().state is SigningState.SIGNED


@pytest.mark.rule("LAW-32")
def test_a_basket_that_changed_since_it_was_shown_is_not_signed(counter: Counter) -> None:
    by, at, home = counter.clerk, counter.cast.now, counter.basket.items[0].draft.dwelling_id
    assert home is not None
    more = add_item(
        party_id=counter.basket.party_id, dwelling_id=home, offering="router-setup", business="router_setup", quantity=1,
        by=by, at=at,
    )  # fmt: skip
    with pytest.raises(SigningOver, match="受理单变化"):
        counter.sign()
    remove_item(basket_id=counter.basket.id, item_id=more.items[0].id, by=by, at=at)
    with pytest.raises(SigningOver):
        counter.sign()
    assert counter.nothing_signed()
    counter.asked = ask_signature(basket_id=counter.basket.id, by=by, at=counter.cast.now)
    assert [one["label"]["zh"] for one in counter.form.content["services"]] == ["路由器上门调试"]
    counter.sign()


@pytest.mark.rule("LAW-32")
def test_what_was_signed_is_not_changed_any_more(counter: Counter) -> None:
    counter.sign()
    with pytest.raises(orders.BasketSigned):
        remove_item(
            basket_id=counter.basket.id,
            item_id=counter.basket.items[0].id,
            by=counter.clerk,
            at=counter.cast.now,
        )
    home = counter.basket.items[0].draft.dwelling_id
    assert home is not None
    with pytest.raises(orders.BasketSigned):
        add_item(
            party_id=counter.basket.party_id, dwelling_id=home, offering="router-setup", business="router_setup",
            quantity=1, by=counter.clerk, at=counter.cast.now,
        )  # fmt: skip
    assert counter.cast.pay(counter.clerk, counter.basket.id).amount == counter.basket.total


@pytest.mark.rule("LAW-32")
def test_a_second_tap_and_a_page_of_an_earlier_request_are_told_so(counter: Counter) -> None:
    stale = counter.asked
    counter.asked = ask_signature(
        basket_id=counter.basket.id, by=counter.clerk, at=counter.cast.later(seconds=5)
    )
    with pytest.raises(SigningOver, match="营业员取消"):
        counter.sign(request_id=stale.id)
    counter.sign()
    with pytest.raises(SigningOver, match="已经签好"):
        counter.sign()
    with pytest.raises(SigningOver, match="已经签好"):
        ask_signature(basket_id=counter.basket.id, by=counter.clerk, at=counter.cast.now)
    assert Signature.objects.count() == 1


@pytest.mark.rule("ORD-02")
def test_the_customer_may_say_what_is_wrong_and_the_clerk_may_take_the_question_back(
    counter: Counter,
) -> None:
    said = object_on_display(
        request_id=counter.asked.id, wrong=Wrong.AMOUNT, by=counter.clerk, at=counter.cast.now
    )
    assert (said.state, said.wrong) == (SigningState.OBJECTED, Wrong.AMOUNT)
    with pytest.raises(SigningOver, match="客户退回"):
        counter.sign()
    ask_signature(basket_id=counter.basket.id, by=counter.clerk, at=counter.cast.now)
    withdraw_signature_request(basket_id=counter.basket.id, by=counter.clerk, at=counter.cast.now)
    assert signing_at(counter.asked.counter_id, since=counter.cast.now, scope=EVERYWHERE) is None
    assert counter.nothing_signed()


@pytest.mark.rule("ORD-02")
def test_a_pen_on_the_printed_form_remains_possible_and_ends_the_question_on_the_display(
    counter: Counter,
) -> None:
    sign_acceptance(
        basket_id=counter.basket.id, method="paper", pad=None, by=counter.clerk, at=counter.cast.now
    )
    kept = orders.signature(basket_id=counter.basket.id, scope=EVERYWHERE)
    assert kept is not None and (kept.method, kept.document_id) == ("paper", counter.form.id)
    with pytest.raises(SigningOver):
        counter.sign()


@pytest.mark.rule("LAW-32")
def test_one_display_asks_one_thing_and_another_hall_sees_nothing(counter: Counter) -> None:
    other = counter.cast.registered(counter.clerk)
    second = counter.cast.basket(
        counter.clerk, other.id, dwelling("dw", "1", "2", "503"), ("new_broadband", "bb20-year")
    )
    asked = ask_signature(basket_id=second.id, by=counter.clerk, at=counter.cast.now)
    assert SigningRequest.objects.filter(ended_at=None).count() == 1
    shown = signing_at(asked.counter_id, since=counter.cast.now, scope=counter.clerk.scope)
    assert shown is not None and shown.id == asked.id
    stranger = counter.cast.sign_in("0311", hall="guandi", counter="1")
    assert signing_at(asked.counter_id, since=counter.cast.now, scope=stranger.scope) is None
    with pytest.raises(NotFound):
        signing(asked.id, scope=stranger.scope)


TAMPERED = {
    "the strokes": "update orders_signature s set strokes = o.strokes from orders_signature o where o.basket_id <> s.basket_id",
    "their hash": "update orders_signature set strokes_sha256 = decode(repeat('00', 32), 'hex')",
    "the hash of the form": "update orders_signature set document_sha256 = decode(repeat('00', 32), 'hex')",
    "the document named": "update orders_signature s set document = o.document from orders_signature o where o.basket_id <> s.basket_id",
    "the document's content": "update documents_document d set content = o.content, content_sha256 = o.content_sha256"
    " from documents_document o, orders_signature s, orders_signature t"
    " where d.id = s.document and o.id = t.document and d.id <> o.id",
    "a document without its strokes": "update documents_document d set content = o.content, content_sha256 = o.content_sha256"
    " from documents_document o, orders_signature s where d.id = s.document and o.content_sha256 = s.document_sha256",
}  # fmt: skip


@pytest.mark.rule("LAW-32")
def test_every_later_change_of_strokes_or_document_is_found(counter: Counter) -> None:
    counter.sign()
    other = counter.cast.registered(counter.clerk)
    second = counter.cast.basket(
        counter.clerk, other.id, dwelling("dw", "1", "2", "503"), ("new_broadband", "bb20-year")
    )
    counter.basket, counter.asked = (
        second,
        ask_signature(basket_id=second.id, by=counter.clerk, at=counter.cast.now),
    )
    counter.sign(Pad(400, 150, (((5, 5, 0, 0.5), (390, 140, 90, 0.5)),)))
    audit.seal(limit=1000)
    honest = verify_signatures(scope=EVERYWHERE)
    assert (honest.looked_at, honest.altered) == (2, ())
    for what, statement in TAMPERED.items():
        fetch_all("savepoint before")
        fetch_all("set local session_replication_role = replica")
        fetch_all(statement)
        assert len(verify_signatures(scope=EVERYWHERE).altered) == 2, what
        fetch_all("rollback to savepoint before")
    assert verify_signatures(scope=EVERYWHERE).altered == ()
