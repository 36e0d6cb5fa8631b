"""The cast: who works in the halls of the dawei profile, and who comes to the counter. All invented.

李敏 0213 and 郑洁 0211 are clerks of 馨苑厅, 周敏 0201 its manager, 钱军 0231 the project manager, 赵刚 0232 an installer,
韩雪 0221 makes the follow-up calls. 方圆 0311 is a clerk of the other hall, 马骏 0101 sits at headquarters.
"""

import itertools
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation.models import Counter, Hall
from onehall.foundation.database import fetch_one
from onehall.foundation.identity.models import Session, User
from onehall.foundation.identity.queries import presence
from onehall.foundation.identity.services import token_hash
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BasketId, PartyId, PremisesId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.journeys.add_item import add_item
from onehall.journeys.authorise_contact import authorise_contact
from onehall.journeys.finish_basket import finish_basket
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.register_customer import PRIVACY_TERMS, register_customer
from onehall.journeys.sign_acceptance import sign_acceptance
from onehall.journeys.take_payment import PaymentTaken, take_payment

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
"""A Monday, so that working days are plain to count."""

_turns = itertools.count(1)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(born: str = "19680302", place: str = "610113", turn: int | None = None) -> str:
    """An invented resident ID, another one at every call."""
    number = f"{place}{born}{(turn if turn is not None else next(_turns)) % 1000:03d}"
    return number + "10X98765432"[sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=True)) % 11]


def mobile() -> str:
    """An invented mobile number, another one at every call."""
    return f"138{next(_turns):08d}"


def wang(name: str = "王建国", document: str = "", phone: str = "") -> customers.CustomerGiven:
    """王建国, or whoever `name` says, with an ID of their own."""
    return customers.CustomerGiven(
        kind=customers.PartyKind.INDIVIDUAL,
        name=name,
        document=customers.DocumentGiven(customers.DocumentKind.RESIDENT_ID, document or resident_id()),
        phones=(phone or mobile(),),
        papers=(customers.Paper(customers.PaperKind.IDENTITY_DOCUMENT, original=True, copy=True),),
    )


def firm_given(name: str = "西安远景贸易有限公司") -> customers.CustomerGiven:
    """An organisation with its letter and its power of attorney, and 何芳 who brings them."""
    return customers.CustomerGiven(
        kind=customers.PartyKind.ORGANISATION,
        name=name,
        document=customers.DocumentGiven(customers.DocumentKind.CREDIT_CODE, credit_code()),
        phones=(mobile(),),
        papers=(
            customers.Paper(customers.PaperKind.IDENTITY_DOCUMENT, original=True, copy=True),
            customers.Paper(customers.PaperKind.INTRODUCTION_LETTER, original=True),
            customers.Paper(customers.PaperKind.POWER_OF_ATTORNEY, original=True, sealed=True),
            customers.Paper(customers.PaperKind.AGENT_DOCUMENT, original=True, copy=True),
        ),
        agent=customers.AgentGiven(
            "何芳", customers.DocumentGiven(customers.DocumentKind.RESIDENT_ID, resident_id())
        ),
    )


def credit_code() -> str:
    """An invented unified social credit code, another one at every call (GB 32100)."""
    places = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91610113{next(_turns):09d}"
    weights = [pow(3, place, 31) for place in range(17)]
    total = sum(places.index(sign) * weight for sign, weight in zip(body, weights, strict=True))
    return body + places[(31 - total % 31) % 31]


def contact_of(
    firm: PartyId,
    by: Actor,
    *,
    at: datetime,
    document: str = "",
    mandates: tuple[customers.Mandate, ...] = (customers.Mandate.ORDER,),
    until: date = date(2099, 12, 31),
) -> customers.AuthorisedContact:
    """何芳 may act for the firm."""
    return authorise_contact(
        party_id=firm, name="何芳", phone="", mandates=mandates, until=until, by=by, at=at,
        document=customers.DocumentGiven(customers.DocumentKind.RESIDENT_ID, document or resident_id()),
    )  # fmt: skip


@dataclass
class Cast:
    """Everyone at work on a day, with a clock that only goes forward."""

    now: datetime = MORNING
    tokens: dict[int, str] = field(default_factory=dict)

    def later(self, **span: float) -> datetime:
        """Moves the clock and tells the time."""
        self.now += timedelta(**span)
        return self.now

    def sign_in(self, staff_no: str, *, hall: str = "xinyuan", counter: str | None = None) -> Actor:
        """The person with the permissions of their roles in that hall, signed in now."""
        user = User.objects.get(staff_no=staff_no)
        hall_id = Hall.objects.get(code=hall).pk
        seat = Counter.objects.get(hall_id=hall_id, no=counter).pk if counter else None
        token = secrets.token_urlsafe(16)
        Session.objects.create(
            token_hash=token_hash(token),
            user=user,
            hall_id=hall_id,
            counter_id=seat,
            started_at=self.now,
            seen_at=self.now,
        )
        User.objects.filter(pk=user.pk).update(must_change=False)
        found = presence(token=token, at=self.now)
        assert found is not None
        assert found.actor.session_id is not None
        self.tokens[found.actor.session_id] = token
        return found.actor

    def clerk(
        self, staff_no: str = "0213", counter: str = "3", *, drawer: bool = True, hall: str = "xinyuan"
    ) -> Actor:
        """A clerk at a counter, by default 李敏 with her drawer open and its float of 500.00 counted."""
        actor = self.sign_in(staff_no, hall=hall, counter=counter)
        if drawer:
            open_drawer(intent=uuid4(), counted={10000: 4, 1000: 10}, remark="", by=actor, at=self.now)
        return actor

    def registered(self, by: Actor, given: customers.CustomerGiven | None = None) -> customers.CustomerCard:
        """A customer of this clerk."""
        version = catalogue.wording("terms", PRIVACY_TERMS, scope=by.scope).version
        agreed = customers.Agreed(version, notice=True, sensitive=True)
        return register_customer(intent=uuid4(), given=given or wang(), agreed=agreed, by=by, at=self.now)

    def basket(
        self, by: Actor, party_id: PartyId, home: PremisesId, *items: tuple[str, str]
    ) -> orders.Basket:
        """A basket with (business, offering) items."""
        for business, offering in items:
            add_item(
                party_id=party_id,
                dwelling_id=home,
                offering=offering,
                business=business,
                quantity=1,
                by=by,
                at=self.now,
            )
        assert by.counter_id is not None
        opened = orders.open_basket_of(counter_id=by.counter_id, party_id=party_id, scope=by.scope)
        assert opened is not None
        return opened

    def pay(
        self, by: Actor, basket_id: BasketId, tendered: str = "", intent: UUID | None = None
    ) -> PaymentTaken:
        """Pays the basket in cash, exactly unless more is handed over."""
        due = orders.basket(basket_id=basket_id, scope=by.scope).total
        given = Money.yuan(tendered) if tendered else due
        return take_payment(
            basket_id=basket_id, due=due, tendered=given, intent=intent or uuid4(), by=by, at=self.now
        )

    def finish(self, by: Actor, basket_id: BasketId, intent: UUID | None = None) -> orders.Basket:
        """Signs the form of a basket that costs nothing with a pen, and finishes it."""
        if orders.basket(basket_id=basket_id, scope=by.scope).state is orders.BasketState.OPEN:
            issue_acceptance_form(basket_id=basket_id, by=by, at=self.now)
            sign_acceptance(basket_id=basket_id, method="paper", pad=None, by=by, at=self.now)
        return finish_basket(basket_id=basket_id, intent=intent or uuid4(), by=by, at=self.now)

    def new_line(self, by: Actor, room: str = "502", offering: str = "bb20-year") -> PaymentTaken:
        """王建国 takes broadband in 馨苑 1#-2-room and pays."""
        card = self.registered(by)
        basket = self.basket(by, card.id, dwelling("dw", "1", "2", room), ("new_broadband", offering))
        return self.pay(by, basket.id)


def dwelling(compound: str, building: str, unit: str, room: str) -> PremisesId:
    """A room of the profile's compounds."""
    return customers.dwelling(
        compound=compound, building=building, unit=unit, room=room, scope=Scope.operator()
    ).id


def work_of(paid: PaymentTaken) -> fieldwork.WorkOrder:
    """The work order of a sale."""
    for order in orders.orders_of_basket(basket_id=paid.basket_id, scope=Scope.operator()):
        found = fieldwork.work_order_of(order.id, scope=Scope.operator())
        if found is not None:
            return found
    raise AssertionError("the sale brought no work order")


def receipt_of(paid: PaymentTaken) -> ledger.Receipt:
    """The standing receipt of a payment."""
    return ledger.receipts_of_payment(paid.payment_id, scope=Scope.operator())[-1]


def count(table: str, where: str = "true") -> int:
    """Rows of a table."""
    found = fetch_one(f"select count(*) as n from {table} where {where}")
    assert found is not None
    return int(found["n"])
