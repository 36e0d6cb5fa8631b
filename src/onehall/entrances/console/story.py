"""Tells the demo's story through the journeys of the hall, its days counted back from the day it is first told.

What a clerk would press is what is called here, so every paper, posting and audit line is one that the hall itself
writes. Intents derive from the story's own keys: a telling that was broken off goes on where it stopped.
"""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.custody import api as custody
from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.entrances.console.story_evening import bring_bank_record, close_shift
from onehall.entrances.console.story_telephone import bring_calls, recharge, wanted
from onehall.entrances.console.story_work import STEPS, Task, intent
from onehall.foundation.audit.trail import trail
from onehall.foundation.identity.queries import presence
from onehall.foundation.profiles import Profile
from onehall.foundation.profiles.story import Story, StoryCase, StoryCustomer, StoryDrawer, StoryStep
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BasketId, DrawerId, HallId, PartyId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, local
from onehall.journeys.add_item import add_item
from onehall.journeys.end_other_sessions import end_other_sessions
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.note_story import note_story
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.register_customer import PRIVACY_TERMS, register_customer
from onehall.journeys.sign_in import sign_in
from onehall.journeys.sign_out import sign_out
from onehall.journeys.state_purpose import state_purpose
from onehall.journeys.take_payment import take_payment
from onehall.journeys.void_sale import void_sale

EVERYWHERE = Scope.operator()
MINUTE = timedelta(minutes=1)
_SEEN = customers.PurposeStated(customers.PurposeKind.PRESENT_VERIFIED, customers.Verification.ID_DOCUMENT)


def tell(profile: Profile, *, now: datetime) -> int | None:
    """Tells the profile's story; how many steps it took, None where there is none or it was told before.

    A hall that has customers of its own is left alone: invented people do not belong among real ones.
    """
    if profile.story is None or _noted("told"):
        return None
    begun = _noted("begun")
    if begun is None and trail(scope=EVERYWHERE, limit=1, action="customer.registered"):
        return None
    hall_id = organisation.hall_by_code(profile.halls[0].code, scope=EVERYWHERE).id
    if begun is None:
        note_story(chapter="begun", profile=profile.code, hall_id=hall_id, at=now)
    steps = Teller(profile, profile.story, begun or now).tell()
    note_story(chapter="told", profile=profile.code, hall_id=hall_id, at=now)
    return steps


def _noted(chapter: str) -> datetime | None:
    lines = trail(scope=EVERYWHERE, limit=1, action=f"demo.story_{chapter}")
    return lines[0].at if lines else None


@dataclass
class _Present:
    """Somebody signed in on one day in one hall, and when they last did something."""

    day: date
    hall: str
    actor: Actor
    last: datetime
    drawer: DrawerId | None = None


@dataclass
class Teller:
    """Plays the people of a story. `today` is its day 0; what would lie later than that moment happens at it."""

    profile: Profile
    story: Story
    today: datetime
    _present: dict[str, _Present] = field(default_factory=dict)
    _parties: dict[str, PartyId] = field(default_factory=dict)

    def tell(self) -> int:
        """Every step in the order of time, every evening's takings to the bank; everybody has signed out at the end."""
        pairs = self.story.in_order()
        for case, step in pairs:
            at = self._moment(step.day, step)
            self._take(case, step, self._actor(step.by, case.hall, at), at)
        for hall in sorted({drawer.hall for drawer in self.story.drawer}):
            if cashier := self._holder(hall, "bank.import"):
                bring_bank_record(by=self._actor(cashier, hall, self.today), at=self.today)
        while self._present:
            self._leave(next(iter(self._present)))
        return len(pairs)

    def _take(self, case: StoryCase, step: StoryStep, by: Actor, at: datetime) -> None:
        if step.do in ("sell", "void", "recharge"):
            self._with_drawer(case, step, at)
        if step.do == "sell":
            self._sell(case, step, by, at)
        elif step.do == "void":
            self._void(case, step, by, at)
        elif step.do in ("call", "recharge"):
            self._telephone(case, step, by, at)
        else:
            for work in self._work(case):
                key = intent(case.key, case.step.index(step), work.serial, work.kind)
                STEPS[step.do](Task(key, work, step.facts, self._users, by, at))

    def _moment(self, day: int, at: StoryStep) -> datetime:
        then = datetime.combine(local(self.today).date() + timedelta(days=day), at.time, CHINA)
        return min(then, self.today)

    def _actor(self, staff_no: str, hall: str, at: datetime) -> Actor:
        """Signs the person in: a day at a time at the counter of their drawer, once for the whole story without one.

        A password costs a sixth of a second to check, and nobody looks at the old sign-ins of a manager of the demo.
        """
        told = self._told_drawer(staff_no, hall)
        here = self._present.get(staff_no)
        if here is None or here.hall != hall or (told and here.day != local(at).date()):
            self._leave(staff_no)
            hall_id = self._halls[hall]
            counters = {c.no: c.id for c in organisation.counters(hall_id, scope=EVERYWHERE)}
            token = sign_in(
                staff_no=staff_no,
                password=self.profile.demo_password,
                hall_id=hall_id,
                counter_id=counters[told.counter] if told else None,
                at=at,
            ).token
            found = presence(token=token, at=at)
            assert found is not None  # noqa: S101 - signed in this very moment
            here = self._present[staff_no] = _Present(local(at).date(), hall, found.actor, at)
        here.last = at
        return here.actor

    def _told_drawer(self, staff_no: str, hall: str) -> StoryDrawer | None:
        return next((d for d in self.story.drawer if (d.by, d.hall) == (staff_no, hall)), None)

    def _with_drawer(self, case: StoryCase, step: StoryStep, at: datetime) -> None:
        """Opens the drawer of whoever takes or gives back money, once a day."""
        here, told = self._present[step.by], self._told_drawer(step.by, case.hall)
        if told and here.drawer is None:
            here.drawer = self._open_drawer(told, here.actor, at - 5 * MINUTE)

    def _leave(self, staff_no: str) -> None:
        """Signs out; whose drawer is not settled does not leave (CSH-03): today's stays open, its clerk is signed out from elsewhere."""
        here = self._present.pop(staff_no, None)
        if here is None:
            return
        if here.drawer is not None and here.day < local(self.today).date():
            self._evening(here, here.drawer)
        if custody.drawer_of_clerk(here.actor.user_id, scope=EVERYWHERE) is None:
            sign_out(by=here.actor, at=here.last)
            return
        end_other_sessions(by=replace(here.actor, session_id=None), at=here.last)

    def _evening(self, here: _Present, drawer: DrawerId) -> None:
        """The clerk's day is settled with the manager and the cashier, where the hall has both."""
        manager = self._holder(here.hall, "drawer.confirm")
        cashier = self._holder(here.hall, "deposit.make", other=manager)
        if manager and cashier:
            at = here.last + 10 * MINUTE
            people = {
                name: self._actor(no, here.hall, at)
                for name, no in (("manager", manager), ("cashier", cashier))
            }
            close_shift(drawer_id=drawer, clerk=here.actor, at=at, **people)

    def _holder(self, hall: str, permission: str, *, other: str = "") -> str:
        """Somebody of the hall who may, and sells nothing at a counter of the story."""
        able = {role.code for role in self.profile.roles if permission in role.permissions}
        sellers = {drawer.by for drawer in self.story.drawer}
        people = [
            person.staff_no
            for person in self.profile.people
            if any(post.hall == hall and post.role in able for post in person.posts)
        ]
        return next((no for no in people if no != other and no not in sellers), "")

    @cached_property
    def _halls(self) -> dict[str, HallId]:
        return {hall.code: hall.id for hall in organisation.halls(scope=EVERYWHERE)}

    @cached_property
    def _users(self) -> dict[str, UserId]:
        people = organisation.people(scope=EVERYWHERE)
        return {person.staff_no: person.user_id for person in people if person.user_id is not None}

    def _open_drawer(self, told: StoryDrawer, by: Actor, at: datetime) -> DrawerId:
        """Before the first money of each day on which its clerk takes any."""
        counted = {Money.yuan(piece).fen: count for piece, count in told.counted.items()}
        key = intent("drawer", told.by, local(at).date() - local(self.today).date())
        return open_drawer(intent=key, counted=counted, remark="", by=by, at=at).id

    def _customer(self, key: str) -> StoryCustomer:
        return next(customer for customer in self.story.customer if customer.key == key)

    def _party(self, key: str, by: Actor, at: datetime) -> PartyId:
        """The customer, registered on the day the story names by the clerk of their first sale."""
        told = self._customer(key)
        if key not in self._parties:
            version = catalogue.wording("terms", PRIVACY_TERMS, scope=by.scope).version
            card = register_customer(
                intent=intent("customer", key), given=self._given(told), by=by, at=at - 4 * MINUTE,
                agreed=customers.Agreed(version, notice=True, sensitive=True),
            )  # fmt: skip
            self._parties[key] = card.id
        return self._parties[key]

    def _given(self, told: StoryCustomer) -> customers.CustomerGiven:
        kind = customers.PartyKind(told.kind)
        agent = self._customer(told.agent) if told.agent else None
        return customers.CustomerGiven(
            kind=kind,
            name=told.name,
            document=_document(told),
            phones=(told.phone,),
            papers=customers.papers_required(kind, agent=agent is not None),
            agent=customers.AgentGiven(agent.name, _document(agent), agent.phone) if agent else None,
        )

    def _sold(self, case: StoryCase) -> BasketId | None:
        """The basket of this case's sale: its customer's order of exactly that moment and offering."""
        sale = next(step for step in case.step if step.do == "sell")
        wanted = (self._moment(sale.day, sale), sale.item[0].offering)
        mine = orders.orders_of(party_id=self._parties[case.customer], scope=EVERYWHERE)
        return next((one.basket_id for one in mine if (one.accepted_at, one.offering) == wanted), None)

    def _work(self, case: StoryCase) -> list[fieldwork.WorkOrder]:
        basket_id = self._sold(case)
        sold = orders.orders_of_basket(basket_id=basket_id, scope=EVERYWHERE) if basket_id else ()
        found = (fieldwork.work_order_of(order.id, scope=EVERYWHERE) for order in sold)
        return [work for work in found if work is not None]

    def _sell(self, case: StoryCase, step: StoryStep, by: Actor, at: datetime) -> None:
        party_id = self._party(case.customer, by, at)
        if self._sold(case) is None:
            self._fill_and_pay(case, step, party_id, by, at)

    def _fill_and_pay(
        self, case: StoryCase, step: StoryStep, party_id: PartyId, by: Actor, at: datetime
    ) -> None:
        state_purpose(party_id=party_id, stated=_SEEN, by=by, at=at - 3 * MINUTE)
        basket = self._filled(case, step, party_id, by, at - 2 * MINUTE)
        take_payment(
            basket_id=basket.id,
            due=basket.total,
            tendered=Money.yuan(step.tendered),
            intent=intent(case.key, "sell"),
            by=by,
            at=at,
        )
        issue_acceptance_form(basket_id=basket.id, by=by, at=at)

    def _filled(
        self, case: StoryCase, step: StoryStep, party_id: PartyId, by: Actor, at: datetime
    ) -> orders.Basket:
        """The customer's basket with what the story puts in, some of which an earlier telling may have put in already."""
        assert by.counter_id is not None  # noqa: S101 - who sells sits at the counter of their drawer
        basket = orders.open_basket_of(counter_id=by.counter_id, party_id=party_id, scope=EVERYWHERE)
        inside = {(item.draft.business, item.draft.offering) for item in basket.items} if basket else set()
        home = customers.dwelling(**asdict(self._customer(case.customer).home), scope=EVERYWHERE)
        for item in step.item:
            if (item.business, item.offering) not in inside:
                said = {**asdict(item), "line": wanted(item.line)}
                basket = add_item(party_id=party_id, dwelling_id=home.id, **said, by=by, at=at)
        assert basket is not None  # noqa: S101 - a sale of the story has items
        return basket

    def _telephone(self, case: StoryCase, step: StoryStep, by: Actor, at: datetime) -> None:
        party_id = self._parties[case.customer]
        if step.do == "call":
            bring_calls(party_id, step.facts, today=local(self.today).date(), key=case.key, by=by, at=at)
            return
        state_purpose(party_id=party_id, stated=_SEEN, by=by, at=at - MINUTE)
        keys = (intent(case.key, "recharge"), intent(case.key, "recharge", "pay"))
        recharge(party_id, step.facts, keys=keys, by=by, at=at)

    def _void(self, case: StoryCase, step: StoryStep, by: Actor, at: datetime) -> None:
        basket_id = self._sold(case)
        (paid,) = ledger.payments_of_baskets([basket_id] if basket_id else [], scope=EVERYWHERE)
        void_sale(payment_id=paid.id, intent=intent(case.key, "void"), by=by, at=at, **step.facts)


def _document(told: StoryCustomer) -> customers.DocumentGiven:
    organisation_ = told.kind == "organisation"
    kind = customers.DocumentKind.CREDIT_CODE if organisation_ else customers.DocumentKind.RESIDENT_ID
    return customers.DocumentGiven(kind, told.number)
