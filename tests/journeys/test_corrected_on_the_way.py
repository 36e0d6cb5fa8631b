"""A telephone corrected at the counter is the one that the installer calls (CUS-03)."""

from uuid import uuid4

import pytest

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import fetch_all
from onehall.journeys.void_sale import void_sale
from tests.cast import Cast, dwelling, mobile, wang, work_of
from tests.journeys.test_corrections import ALL, correct, present


@pytest.mark.rule("CUS-03")
def test_a_corrected_telephone_reaches_whoever_is_on_the_way_and_no_case_that_is_closed(cast: Cast) -> None:
    clerk = cast.clerk()
    old, new = mobile(), mobile()
    party = cast.registered(clerk, wang("王建过", phone=old)).id
    cases = []
    for room in ("501", "502"):
        basket = cast.basket(clerk, party, dwelling("dw", "1", "2", room), ("new_broadband", "bb20-year"))
        paid = cast.pay(clerk, basket.id)
        cases.append(work_of(paid))
        if room == "501":
            void_sale(
                payment_id=paid.payment_id,
                reason="填错房号",
                copies_present=3,
                intent=uuid4(),
                by=clerk,
                at=cast.now,
            )
    closed, due = cases
    present(cast, clerk, party)
    correct(cast, clerk, party, phone=new, name="王建国")
    carried = fieldwork.work_order(due.id, scope=ALL).contact
    assert (carried.name, carried.phone) == ("王建国", new)
    assert fieldwork.work_order(closed.id, scope=ALL).contact.phone == old, "what is over stays as it was"
    (row,) = fetch_all("select contact from fieldwork_workorder where id = %s", [due.id])
    assert new.encode() not in bytes(row["contact"])
