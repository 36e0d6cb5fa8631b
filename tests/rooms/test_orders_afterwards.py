"""What is known of a sale afterwards: its time, its states, its signature."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db import transaction as django_transaction

from onehall.contexts.orders.api import (
    OrderNotVoidable,
    OrderState,
    archive_order,
    attach_form,
    complete_order,
    handling,
    hold_basket,
    link_subscriptions,
    order,
    orders_by_serial,
    orders_of_basket,
    orders_of_subscription,
    put_item,
    record_signature,
    resume_basket,
    signature,
    void_basket_orders,
)
from onehall.contexts.orders.models import Signature
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.documents.strokes import Pad, spelled, strokes_hash
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import DocumentId, SubscriptionId
from tests.rooms.homes import ALL, homes, item
from tests.rooms.test_orders import filled, opened, settle
from tests.rooms.till import NOON, Till, till


@pytest.fixture
def desk(db: None) -> Till:
    return till()


@pytest.mark.rule("ORD-11")
def test_the_handling_time_leaves_holds_out(desk: Till) -> None:
    served = filled(desk, "880.00")
    hold_basket(basket_id=served.id, reason="接电话", by=desk.clerk, at=NOON + timedelta(seconds=20))
    resume_basket(
        basket_id=served.id, counter_id=desk.counter, by=desk.clerk, at=NOON + timedelta(seconds=620)
    )
    assert settle(desk, served.id, "880.00", seconds=640).handling_seconds == 40
    taken = handling(basket_id=served.id, limit=180, pause_limit=30, at=NOON + timedelta(hours=1), scope=ALL)
    assert (taken.seconds, taken.within_limit, taken.hesitations) == (40, True, 1)
    shown = fetch_one("select handling_seconds from pub_orders_basket where id = %s", [served.id])
    assert shown is not None and int(shown["handling_seconds"]) == 40


@pytest.mark.rule("ORD-07")
def test_an_order_learns_its_subscription_and_serial_once(desk: Till) -> None:
    paid = settle(desk, filled(desk, "880.00").id, "880.00")
    first, other = SubscriptionId(11), SubscriptionId(12)
    assert link_subscriptions(links=[(paid.orders[0].id, first, "DW20261121004")]) == 1
    assert link_subscriptions(links=[(paid.orders[0].id, other, "DW20261121005")]) == 0
    (found,) = orders_by_serial(serial="DW20261121004", scope=ALL)
    assert found.subscription_id == first
    assert orders_of_subscription(subscription_id=first, scope=ALL) == (found,)


@pytest.mark.rule("ORD-06")
def test_states_are_rows(desk: Till) -> None:
    paid = settle(desk, filled(desk, "880.00").id, "880.00")
    one = paid.orders[0].id
    for act, state in [(complete_order, OrderState.COMPLETED), (archive_order, OrderState.ARCHIVED)]:
        act(order_id=one, by=desk.clerk, at=NOON)
        act(order_id=one, by=desk.clerk, at=NOON)
        assert order(order_id=one, scope=ALL).state == state
        assert fetch_all("select state from pub_orders_order") == [{"state": state}]


@pytest.mark.rule("CHG-02")
def test_a_sale_is_voided_once_in_its_shift(desk: Till) -> None:
    served = filled(desk, "880.00", "30.00")
    settle(desk, served.id, "910.00")

    def void(same_shift: bool) -> None:
        void_basket_orders(
            basket_id=served.id, reason="客户改主意", same_shift=same_shift, by=desk.clerk, at=NOON
        )

    with pytest.raises(OrderNotVoidable):
        void(same_shift=False)
    void(same_shift=True)
    assert {o.state for o in orders_of_basket(basket_id=served.id, scope=ALL)} == {OrderState.VOID}
    with pytest.raises(OrderNotVoidable):
        void(same_shift=True)


def test_work_that_is_done_is_not_voided(desk: Till) -> None:
    served = filled(desk, "880.00")
    complete_order(order_id=settle(desk, served.id, "880.00").orders[0].id, by=desk.clerk, at=NOON)
    with pytest.raises(OrderNotVoidable):
        void_basket_orders(basket_id=served.id, reason="x", same_shift=True, by=desk.clerk, at=NOON)


@pytest.mark.rule("ORD-02")
def test_the_signature_covers_the_document_and_its_strokes_are_not_readable(desk: Till) -> None:
    served = filled(desk, "880.00")
    assert signature(basket_id=served.id, scope=ALL) is None
    attach_form(basket_id=served.id, document_id=DocumentId(5), sha256=b"h" * 32, at=NOON)
    pad = Pad(300, 100, (((1, 2, 0, 0.5), (3, 4, 1644, 0.5)),))
    for _ in range(2):
        record_signature(
            basket_id=served.id, method="screen", strokes=(spelled(pad), strokes_hash(spelled(pad))), form_sha256=b"h" * 32, document_id=DocumentId(5),
            by=desk.clerk, at=NOON,
        )  # fmt: skip
    found = signature(basket_id=served.id, scope=desk.clerk.scope)
    assert found is not None
    assert (found.method, found.document_id, found.document_sha256) == ("screen", 5, b"h" * 32)
    assert signature(basket_id=served.id, scope=Scope.of(desk.hall + 1)) is None
    stored = fetch_one("select strokes from orders_signature")
    assert stored is not None and b"1644" not in bytes(stored["strokes"])
    row = Signature.objects.get()
    assert row.strokes == spelled(pad)
    assert bytes(row.strokes_sha256 or b"") == strokes_hash(spelled(pad))


@pytest.mark.rule("ORD-02")
def test_a_screen_signature_without_evidence_is_refused(desk: Till) -> None:
    served = filled(desk, "880.00")
    with pytest.raises(IntegrityError, match="evidence"), django_transaction.atomic():
        record_signature(basket_id=served.id, method="screen", by=desk.clerk, at=NOON)
    record_signature(basket_id=served.id, method="paper", by=desk.clerk, at=NOON)


def test_a_basket_keeps_the_dwelling_of_its_items(desk: Till) -> None:
    (home,) = homes("502")
    served = opened(desk)
    put_item(basket_id=served.id, draft=item("60.00", home=home), by=desk.clerk, at=NOON)
    assert settle(desk, served.id, "60.00").orders[0].dwelling_id == home
