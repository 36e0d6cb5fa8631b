"""What the accepted rows of a register become: customers, services with their terms, access, claimed numbers, kept rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.registers import api as registers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation import audit
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.sheetreader import Sheet
from onehall.foundation.values.ids import HallId, PartyId, PremisesId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, local
from onehall.foundation.values.period import midnight as midnight_of
from onehall.steps.household import BROADBAND
from onehall.steps.judging import Numbered, batches, path_of, places_of
from onehall.steps.take_over_lines import Row, take_over_lines

_DAYS = 4096  # structural: days of eleven years, remembered
midnight = lru_cache(maxsize=_DAYS)(midnight_of)
"""Every row asks for four."""

Registered = tuple[PartyId | None, bool]
"""A row's customer, and whether this import registers them with this row."""

book_of = registers.broadband
"""The column names of the broadband register."""


@dataclass(slots=True)
class TakingOver:
    """One import at work: what was read once for all its rows, and the customers that it has registered so far."""

    form: registers.Format
    world: registers.World
    made: registers.ImportMade
    book: PolicyBook
    by: Actor
    at: datetime
    offerings: dict[str, catalogue.Offering] = field(default_factory=dict)
    versions: dict[str, list[catalogue.Price]] = field(default_factory=dict)
    halls: dict[str, HallId] = field(default_factory=dict)
    prefixes: tuple[numbers.Prefix, ...] = ()
    new_parties: set[int] = field(default_factory=set)
    hashed: dict[str, tuple[Any, ...]] = field(default_factory=dict)


def begin(
    *,
    form: registers.Format,
    world: registers.World,
    made: registers.ImportMade,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> TakingOver:
    """Reads what every row needs."""
    everywhere = Scope.operator()
    offerings = {one.code: one for one in catalogue.offerings_ever(at=at, scope=everywhere)}
    codes = [product.code for product in world.products.values()]
    return TakingOver(
        form, world, made, book, by, at, offerings,
        versions={code: catalogue.prices(code, scope=everywhere) for code in codes},
        halls={code: hall.id for hall in organisation.halls(scope=everywhere) for code in hall.compounds},
        prefixes=numbers.prefixes(scope=everywhere),
    )  # fmt: skip


def refuse_second(*, sheet: Sheet, form: str) -> None:
    """Raises AlreadyImported where this very file stands already."""
    before = registers.standing_import(digest=sheet.digest, form=form, scope=Scope.operator())
    if before is not None:
        raise registers.AlreadyImported(at=f"{local(before.at):%Y-%m-%d %H:%M}", number=before.id)


def take_over_rows(*, work: TakingOver, accepted: Sequence[registers.Packed]) -> None:
    """Accepted rows, or an error: the caller's transaction takes everything back then."""
    for some in batches(accepted):
        _take_over(work, [registers.unpack(work.form, one) for one in some])


def end(*, work: TakingOver, report: registers.Report) -> registers.ImportMade:
    """All rows are taken over: it is counted, on record and announced."""
    made = registers.count_import(import_id=work.made.id, report=report)
    audit.record(
        action="register.imported", subject="import", subject_id=made.id, hall_id=made.hall_id, by=work.by, at=work.at,
        rule="API-03",
        details={"format": made.format, "rows": made.rows, "accepted": made.accepted, "digest": made.digest.hex()},
    )  # fmt: skip
    publish(topic="registers.imported", hall_id=made.hall_id, at=work.at, payload={"import": made.id})
    return made


def _take_over(work: TakingOver, some: Sequence[Numbered]) -> None:
    homes = _homes(work, some)
    opened: list[SubscriptionId | None] = [None] * len(some)
    if work.form.code == registers.broadband.BROADBAND.code:
        parties = _parties(work, some)
        opened = _services(work, some, homes, parties)
    elif work.form.code == registers.books.FIXED_LINE.code:
        parties = _parties(work, some)
        opened = _lines(work, some, homes, parties)
    else:
        parties = _known_parties(work, some)
    _claim(work, some, homes)
    rows = zip(some, parties, opened, strict=True)
    registers.keep_rows(import_id=work.made.id, rows=_kept(work.form, rows))


def _homes(work: TakingOver, some: Sequence[Numbered]) -> dict[str, PremisesId]:
    """The dwellings by path. A dwelling that the map of the compound lacks is added to it: somebody lives there."""
    places = {path_of(place): place for place in places_of(work.form, some)}
    everywhere = Scope.operator()
    homes = customers.premises_by_path(list(places), scope=everywhere)
    missing = [place for path, place in places.items() if path not in homes]
    for compound in sorted({place.compound for place in missing}):
        rooms = [place.numbers for place in missing if place.compound == compound]
        customers.establish_premises(compound=compound, dwellings=rooms, by=work.by, at=work.at)
    return homes | customers.premises_by_path([path_of(place) for place in missing], scope=everywhere)


def _parties(work: TakingOver, some: Sequence[Numbered]) -> list[Registered]:
    """Whoever has the document already stays the customer."""
    document_column, phone = _person(work)[0], work.form.phone
    documents = [row[document_column].text for _, row in some]
    known = customers.parties_by_document(documents, scope=Scope.operator())
    given: dict[str, customers.CustomerTakenOver] = {}
    for _, row in some:
        document = row[document_column].text
        if document not in known and document not in given:
            given[document] = _customer(work, row)
    fresh = customers.take_over_customers(given=list(given.values()), by=work.by, at=work.at)
    ids = {document: party_id for document, (party_id, _) in known.items()} | dict(
        zip(given, fresh, strict=True)
    )
    work.new_parties.update(fresh)
    phones = [(ids[row[document_column].text], row[phone].text) for _, row in some]
    said = {(ids[document], one.mobiles[0]) for document, one in given.items()}
    customers.add_mobiles(
        mobiles=[pair for pair in phones if pair[0] in work.new_parties and pair not in said]
    )
    parties: list[Registered] = []
    for document in documents:
        parties.append((ids[document], given.pop(document, None) is not None))
    return parties


def _person(work: TakingOver) -> tuple[str, str]:
    """The columns of document and name."""
    if work.form.person is None:
        raise ValueError(f"{work.form.code} names no people")
    return work.form.person


def _customer(work: TakingOver, row: registers.Readings) -> customers.CustomerTakenOver:
    document, name = _person(work)
    return customers.CustomerTakenOver(
        name=row[name].text, document=row[document].text, mobiles=(row[work.form.phone].text,), hall_id=_hall(work, row)
    )  # fmt: skip


def _hall(work: TakingOver, row: registers.Readings) -> HallId:
    """The hall that serves the compound of the row's address."""
    return work.halls.get(row[work.form.address].value.compound if work.form.address else "", work.by.hall_id)


def _lines(
    work: TakingOver, some: Sequence[Numbered], homes: dict[str, PremisesId], parties: Sequence[Registered]
) -> list[SubscriptionId | None]:
    rows: list[Row] = []
    for (_, row), (party, _) in zip(some, parties, strict=True):
        home = homes[path_of(row[work.form.address or ""].value)]
        if party is not None:
            rows.append(
                (row, party, home, _hall(work, row), _source(work, "telephone", row[work.form.key].text))
            )
    return list(take_over_lines(rows, book=work.book, by=work.by, at=work.at))


def _services(
    work: TakingOver, some: Sequence[Numbered], homes: dict[str, PremisesId], parties: Sequence[Registered]
) -> list[SubscriptionId | None]:
    lines = [
        _service(work, row, party_id, homes[path_of(row[book_of.ADDRESS].value)])
        for (_, row), (party_id, _) in zip(some, parties, strict=True)
        if party_id is not None
    ]
    moments = [min(_form_day(row), work.at) for _, row in some]
    ids = subscriptions.take_over_subscriptions(given=lines, opened=moments, by=work.by)
    grants = [_grant(work, row, one) for (_, row), one in zip(some, ids, strict=True)]
    secrets = [_secret(row) for _, row in some]
    policy = provisioning.secret_policy(work.book)
    provisioning.take_over_access(
        grants=grants, secrets=secrets, hashed=work.hashed, policy=policy, at=work.at
    )
    return list(ids)


def _service(
    work: TakingOver, row: registers.Readings, party_id: PartyId, dwelling_id: PremisesId
) -> subscriptions.NewSubscription:
    """What was bought, for the amount on paper: it is the term's provenance, no money moves (API-03)."""
    product, start = work.world.products[row[book_of.PRODUCT].text], row[book_of.START].value
    begun = [price for price in work.versions[product.code] if price.valid_from <= midnight(start)]
    bought = subscriptions.Bought(
        order_id=None, offering=product.code, price_version=(begun or work.versions[product.code][:1])[-1].version,
        price=Money(row[book_of.AMOUNT].value), months=product.months, policy_version=work.book.version,
    )  # fmt: skip
    return subscriptions.NewSubscription(
        party_id=party_id, dwelling_id=dwelling_id, kind=BROADBAND, account_name=row[book_of.ACCOUNT].text,
        serial=row[book_of.SERIAL].text, starts_at=midnight(start), expires_at=midnight(row[book_of.EXPIRY].value), bought=bought,
    )  # fmt: skip


def _grant(work: TakingOver, row: registers.Readings, subscription_id: SubscriptionId) -> provisioning.Grant:
    offering = work.offerings[work.world.products[row[book_of.PRODUCT].text].code]
    return provisioning.Grant(
        account=row[book_of.ACCOUNT].text,
        subscription_id=subscription_id,
        period=Period(midnight(row[book_of.START].value), midnight(row[book_of.EXPIRY].value)),
        down_kbps=offering.down_kbps,
        up_kbps=offering.up_kbps,
        network_profile=offering.network_profile,
        is_new=True,
    )


def _secret(row: registers.Readings) -> str:
    """The sheet's password; "" asks for the initial one, where the sheet has none that devices take."""
    try:
        return provisioning.check_secret(row[book_of.SECRET].text)
    except provisioning.BadSecret:
        return ""


def _form_day(row: registers.Readings) -> datetime:
    """The day on which the form was accepted, which its serial says (ORD-07)."""
    return midnight(numbers.serial_on_paper(row[book_of.SERIAL].text).day)


def _known_parties(work: TakingOver, some: Sequence[Numbered]) -> list[Registered]:
    """Customers whom a kept register names and the hall knows; it registers nobody."""
    if work.form.person is None:
        return [(None, False)] * len(some)
    documents = [row[work.form.person[0]].text for _, row in some]
    known = customers.parties_by_document(documents, scope=Scope.operator())
    return [(known[document][0] if document in known else None, False) for document in documents]


def _claim(work: TakingOver, some: Sequence[Numbered], homes: dict[str, PremisesId]) -> None:
    """Numbers and form serials are claimed in their books, never to be handed out again (ADR-07, ORD-07)."""
    for kind, column in work.form.claims:
        if kind == "serial":
            numbers.claim_form_serials(serials=[row[column].text for _, row in some])
            continue
        claims = [
            numbers.NumberClaim(
                numbers.NumberKind(kind), row[column].text, _source(work, kind, row[column].text),
                homes.get(path_of(row[work.form.address].value)) if work.form.address else None,
            )
            for _, row in some
        ]  # fmt: skip
        numbers.take_over_numbers(claims=claims, by=work.by, at=work.at)


def _source(work: TakingOver, kind: str, number: str) -> str:
    fitting = [one for one in work.prefixes if one.kind == kind and number.startswith(one.prefix)]
    return max(fitting, key=lambda one: len(one.prefix)).source if fitting else numbers.OWN


def _kept(
    form: registers.Format, rows: Iterable[tuple[Numbered, Registered, SubscriptionId | None]]
) -> Iterator[registers.RowKept]:
    open_columns = [column.heading for column in form.columns if not column.secret]
    _, serial = form.found_by
    for (number, row), party, subscription_id in rows:
        yield registers.RowKept(
            row=number,
            day=_day(row[form.day].value) if form.day else None,
            key=row[form.key].text if form.key else "",
            texts={name: row[name].text for name in open_columns},
            serial=row[serial].text if serial else "",
            party_id=party[0],
            party_is_new=party[1],
            subscription_id=subscription_id,
        )


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value
