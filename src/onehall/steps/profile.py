"""The parts of a profile, room by room. Each may be repeated: what is there already stays as it is."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.goods import api as goods
from onehall.contexts.ledger import api as ledger
from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.identity.grants import establish_grant, grants_of, withdraw_grants
from onehall.foundation.identity.services import establish_role, establish_user
from onehall.foundation.policy import declared
from onehall.foundation.policy.services import establish_place, establish_value
from onehall.foundation.profiles import Profile
from onehall.foundation.profiles.schema import Offering, Person, PolicyValue, Sale
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId, HallId, PersonId, RegionId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class Setting:
    """Who installs what, and when; `at` is the moment of every row that is written."""

    profile: Profile
    by: Actor | None
    at: datetime
    demo: bool

    @property
    def stamp(self) -> dict[str, Any]:
        """The two arguments every verb takes."""
        return {"by": self.by, "at": self.at}

    def midnight(self, day: date | None) -> datetime:
        """The start of a day in the operator's time zone; without a day the start of the profile's validity."""
        zone = ZoneInfo(self.profile.operator.time_zone)
        return datetime.combine(day or self.profile.operator.valid_from, time.min, zone)


@dataclass(frozen=True, slots=True)
class Places:
    """The ids of a profile's places, by its codes."""

    regions: dict[str, RegionId]
    halls: dict[str, HallId]
    counters: dict[tuple[str, str], CounterId]


def establish_places(*, setting: Setting) -> Places:
    """The operator, its regions, halls and counters (ORG-01), and each hall's directory (ORG-07)."""
    _operator(setting)
    regions = {
        region.code: organisation.establish_region(code=region.code, name=region.name, **setting.stamp)
        for region in setting.profile.regions
    }
    halls = _halls(setting, regions)
    counters = {
        (counter.hall, counter.no): organisation.establish_counter(
            hall_id=halls[counter.hall],
            no=counter.no,
            name=counter.name,
            capabilities=counter.capabilities,
            **setting.stamp,
        )
        for counter in setting.profile.counters
    }
    return Places(regions, halls, counters)


def _operator(setting: Setting) -> None:
    operator, digits = setting.profile.operator, setting.profile.operator.account_name
    organisation.establish_operator(
        operator=organisation.Operator(
            code=operator.code, name=operator.name, country_code=operator.country_code, area_code=operator.area_code,
            postcode=operator.postcode, time_zone=operator.time_zone, building_digits=digits.building_digits,
            unit_digits=digits.unit_digits, room_digits=digits.room_digits,
        ),
        **setting.stamp,
    )  # fmt: skip


def _halls(setting: Setting, regions: dict[str, RegionId]) -> dict[str, HallId]:
    halls = {}
    for hall in setting.profile.halls:
        hall_id = organisation.establish_hall(
            code=hall.code,
            region_id=regions[hall.region],
            name=hall.name,
            formal_name=hall.formal_name,
            phone=hall.phone,
            address=hall.address,
            hours=hall.hours,
            compounds=hall.compounds,
            **setting.stamp,
        )
        establish_place(hall_id=hall_id, region_id=regions[hall.region])
        entries = [
            organisation.DirectoryEntry(purpose=e.purpose, name=e.name, number=e.number, remark=e.remark)
            for e in setting.profile.directory
            if e.hall in ("", hall.code)
        ]
        organisation.establish_directory(hall_id=hall_id, entries=entries, **setting.stamp)
        halls[hall.code] = hall_id
    return halls


def establish_staff(*, setting: Setting, places: Places) -> dict[str, PersonId]:
    """Roles, people with their posts and logins, and the departments they lead (ORG-02, ORG-06)."""
    for role in setting.profile.roles:
        establish_role(
            code=role.code, name_zh=role.name.zh, name_en=role.name.en, permissions=list(role.permissions)
        )
    people = {person.staff_no: _person(person, setting, places) for person in setting.profile.people}
    for department in setting.profile.departments:
        organisation.establish_department(
            code=department.code,
            region_id=places.regions[department.region],
            name=department.name,
            compounds=department.compounds,
            project_manager=people[department.project_manager],
            **setting.stamp,
        )
    return people


def _person(person: Person, setting: Setting, places: Places) -> PersonId:
    """The demo's password opens the demo only; elsewhere a login is made without one."""
    user_id: UserId | None = None
    if person.sign_in:
        password = setting.profile.demo_password if setting.demo else None
        user_id = establish_user(
            staff_no=person.staff_no, name=person.name, password=password, must_change=not setting.demo,
            service=person.staff_no in {counter.online for counter in setting.profile.counters},
        )  # fmt: skip
    posts = [
        organisation.Post(role=post.role, hall_id=places.halls[post.hall] if post.hall else None)
        for post in person.posts
    ]
    if user_id is not None:
        for post in posts:
            establish_grant(user_id=user_id, role_code=post.role, hall_id=post.hall_id)
        withdraw_grants(user_id=user_id, keep={(post.role, post.hall_id) for post in posts})
        posts = [organisation.Post(role=held.role, hall_id=held.hall_id) for held in grants_of(user_id)]
    return organisation.establish_person(
        staff_no=person.staff_no, name=person.name, user_id=user_id, posts=posts, **setting.stamp
    )


def establish_policies(*, setting: Setting, places: Places) -> int:
    """The values of the policy keys; how many were not in force as given before."""
    added = 0
    for value in setting.profile.policies:
        entry = establish_value(
            key=value.key,
            value=_stored(value),
            valid_from=setting.midnight(value.valid_from),
            source=value.source,
            verified=value.verified,
            at=setting.at,
            region_id=places.regions[value.region] if value.region else None,
            hall_id=places.halls[value.hall] if value.hall else None,
            by=setting.by.user_id if setting.by else None,
        )
        added += entry is not None
    return added


def _stored(value: PolicyValue) -> Any:
    """Profiles write money in yuan as people read it; the catalogue stores fen."""
    key = declared().get(value.key)
    return Money.yuan(value.value).fen if key is not None and key.kind == "money" else value.value


def establish_households(*, setting: Setting) -> int:
    """Compounds with the lines they offer, and their dwellings (ADR-01, ADR-03); how many nodes were added."""
    added = 0
    for compound in setting.profile.compounds:
        customers.establish_compound(
            code=compound.code, name=compound.name.zh, name_en=compound.name.en, **setting.stamp
        )
        catalogue.establish_compound_lines(compound=compound.code, sources=compound.sources, **setting.stamp)
        homes = [
            (home.building, home.unit, home.room)
            for home in setting.profile.dwellings
            if home.compound == compound.code
        ]
        added += customers.establish_premises(compound=compound.code, dwellings=homes, **setting.stamp)
    return added


def establish_money(*, setting: Setting) -> None:
    """Ledger accounts, number prefixes and ranges."""
    for account in setting.profile.accounts:
        kind = ledger.AccountKind(account.kind)
        ledger.establish_account(
            code=account.code, name=account.name, kind=kind, means=account.means, role=account.role
        )
    for prefix in setting.profile.prefixes:
        numbers.establish_prefix(
            kind=numbers.NumberKind(prefix.kind), prefix=prefix.prefix, source=prefix.source, name=prefix.name
        )
    for span in setting.profile.ranges:
        numbers.establish_range(
            kind=numbers.NumberKind.TELEPHONE, compound=span.compound, source=span.source, first=span.first, last=span.last
        )  # fmt: skip


def establish_materials(*, setting: Setting) -> None:
    """What installers may use, and how much of it is free (FEE-02)."""
    for material in setting.profile.materials:
        fieldwork.establish_material(
            code=material.code, name=material.name, unit=material.unit, free_quantity=material.free
        )


def establish_offerings(*, setting: Setting) -> None:
    """For whom money is collected, what is sold and for how much (CAT-01, CAT-10, CAT-11), and the words that go with it."""
    for one in setting.profile.principals:
        goods.establish_principal(code=one.code, name=one.name, account=one.account, at=setting.at)
    for place, offering in enumerate(setting.profile.offerings, start=1):
        catalogue.establish_offering(
            offering=_offering(offering, setting.profile),
            place=place,
            valid_from=setting.midnight(offering.valid_from),
            valid_to=setting.midnight(offering.valid_to) if offering.valid_to else None,
            **setting.stamp,
        )
        _line_of(offering, setting)
        if offering.price is not None:
            starts = [(offering.valid_from, offering.price)] + [
                (p.valid_from, p.price) for p in offering.prices
            ]
            for day, price in starts:
                catalogue.establish_price(
                    code=offering.code, amount=price, valid_from=setting.midnight(day), **setting.stamp
                )
    for wording in _wordings(setting.profile):
        catalogue.establish_wording(wording=wording, **setting.stamp)


def _line_of(offering: Offering, setting: Setting) -> None:
    """The telephone line that it brings, where it brings one (CAT-03 … CAT-07)."""
    line = offering.line
    if line is not None:
        part = catalogue.Telephone(
            line.plan,
            line.monthly_credit,
            line.annual_credit,
            bundled=line.bundled,
            half_month=line.half_month,
        )
        catalogue.establish_telephone(code=offering.code, telephone=part, **setting.stamp)


def _offering(offering: Offering, profile: Profile) -> catalogue.Offering:
    sales = tuple(_sale(profile.sales[name]) for name in offering.sold_as)
    return catalogue.Offering(
        code=offering.code, kind=catalogue.OfferingKind(offering.kind), name=offering.name, benefits=offering.benefits,
        term_months=offering.term_months, down_kbps=offering.down_kbps, up_kbps=offering.up_kbps,
        network_profile=offering.network_profile, revenue_account=offering.revenue_account, price=offering.price,
        price_version=0, price_policy=offering.price_policy, sources=offering.sources, compounds=offering.compounds,
        sales=sales,
    )  # fmt: skip


def _sale(sale: Sale) -> catalogue.Sale:
    return catalogue.Sale(
        business=sale.business, papers=sale.papers, forms=sale.forms, eligibility=sale.eligibility,
        work_order=sale.work_order, follow_up=sale.follow_up,
    )  # fmt: skip


def _wordings(profile: Profile) -> list[catalogue.Wording]:
    terms = [catalogue.Wording("terms", t.code, t.version, t.title, t.clauses) for t in profile.terms]
    scripts = [catalogue.Wording("script", s.code, "", s.title, s.lines) for s in profile.scripts]
    phrases = [_line("phrase", code, text) for code, text in profile.phrases.items()]
    papers = [_line("paper", code, text) for code, text in profile.papers.items()]
    return [*terms, *scripts, *phrases, *papers]


def _line(kind: str, code: str, text: Text) -> catalogue.Wording:
    return catalogue.Wording(kind, code, "", text, (text,))
