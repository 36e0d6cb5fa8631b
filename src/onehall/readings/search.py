"""The one box (CUS-04): customers, accounts, form serials, receipts and addresses, whatever of them is typed.

What was typed decides which lookups run; each is one index lookup with a limit, none reads a table through.
Names of views and columns come from this file only, values always as parameters.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from onehall.contexts.customers import api as customers
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.text import Text
from onehall.foundation.vault import keyed_hashes

LAST = "\U0010ffff"
"""Behind every character: [prefix, prefix + LAST) is all that begins with the prefix, on any byte-ordered index."""

LONGEST = 80
_HAN = re.compile(r"[^\x00-\u2e7f]")
_NAME_AND_END = re.compile(r"(.*[^0-9\s\-])\s*([0-9]{3}[0-9x])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer. `kind` is person, account, serial, receipt or address, and `id` that row's."""

    kind: str
    id: int
    title: str
    subtitle: str
    badge: str
    party_id: PartyId | None


class Lookup(NamedTuple):
    """A kind of lookup and what it looks for."""

    kind: str
    value: str
    end: str = ""


class Found(NamedTuple):
    """A row found, before people get their cards and lines their words."""

    kind: str
    id: int
    title: str
    title_en: str
    party_id: int | None


_SETTLING = {"document", "name_and_end", "initials_and_end"}
"""Lookups so narrow that what they find is what was meant."""

BADGES = {
    "person": Text("客户", "Customer"),
    "organisation": Text("单位客户", "Organisation"),
    "account": Text("账号", "Account"),
    "serial": Text("流水号", "Form serial"),
    "receipt": Text("收据", "Receipt"),
    "address": Text("地址", "Address"),
}


def search(
    text: str, *, scope: Scope, limit: int = 20, lang: str = "zh", at: datetime | None = None
) -> list[Hit]:
    """Up to `limit` hits, the surest first; personal numbers are masked (SEC-07), receipts only of the scope's halls. `at`: with levels."""
    if scope.halls is not None and not scope.halls:
        return []
    found: dict[tuple[str, int], Found] = {}
    for lookup in _plan(text):
        for row in _LOOKUPS[lookup.kind](lookup, scope, limit - len(found)):
            found.setdefault((row.kind, row.id), row)
        if len(found) >= limit or (found and lookup.kind in _SETTLING):
            break
    return _hits(list(found.values())[:limit], scope, lang, at)


def _plan(text: str) -> list[Lookup]:
    """Which lookups fit what was typed, the surest first."""
    raw = " ".join(text[:LONGEST].replace("\0", "").split())
    narrow = unicodedata.normalize("NFKC", raw)
    compact = re.sub(r"[\s\-+()]", "", narrow)
    if not compact:
        return []
    if compact.isascii() and compact.isdecimal():
        return [*_address_first(narrow), *_digits(compact)]
    if _HAN.search(raw):
        return _words(raw, narrow)
    if compact.isascii() and compact.isalpha():
        return _letters(compact.casefold())
    return [*_address_first(narrow), *_mixed(compact, narrow)]


def _address_first(narrow: str) -> list[Lookup]:
    """1-2-502, dw1-2-502: numbers with something between them."""
    return [Lookup("address", narrow)] if re.search(r"[0-9]#?[\-/#][0-9]", narrow) else []


def _digits(digits: str) -> list[Lookup]:
    if len(digits) < 3:
        return []
    kinds = ["account", "account_end", "receipt"]
    if len(digits) == 4:
        kinds = ["phone_end", "document_end", *kinds]
    if len(digits) >= 7:
        kinds = ["phone", "document", *kinds]
    return [Lookup(kind, digits) for kind in kinds]


def _words(raw: str, narrow: str) -> list[Lookup]:
    """Characters: a name, its inside, a name with the last four of a number, or an address in words."""
    named = _NAME_AND_END.fullmatch(narrow)
    people = [Lookup("name", raw), Lookup("name_inside", raw)]
    address = Lookup("address", raw)
    if named and not re.search(r"[0-9]", named[1]):
        return [Lookup("name_and_end", named[1].strip(), named[2].upper()), address, *people]
    return [address, *people] if re.search(r"[0-9]", narrow) else [*people, address]


def _letters(letters: str) -> list[Lookup]:
    return [Lookup(kind, letters) for kind in ("initials", "pinyin", "account", "serial")]


def _mixed(compact: str, narrow: str) -> list[Lookup]:
    """Letters and digits: an account, a serial, a receipt, a document, or initials with the last four."""
    lookups = [Lookup(kind, compact.casefold()) for kind in ("account", "serial", "receipt")]
    if len(compact) >= 6:
        lookups.append(Lookup("document", compact))
    if named := re.fullmatch(r"([A-Za-z]+)([0-9]{3}[0-9Xx])", re.sub(r"\s", "", narrow)):
        lookups.append(Lookup("initials_and_end", named[1].casefold(), named[2].upper()))
    if len(compact) == 4 and re.fullmatch(r"[0-9]{3}[Xx]", compact):
        lookups.insert(0, Lookup("document_end", compact.upper()))
    return lookups


def _people(where: str, facts: dict[str, Any], limit: int) -> Iterable[Found]:
    rows = fetch_all(f"select p.id {where} limit %(limit)s", {**facts, "limit": limit})
    return [Found("person", row["id"], "", "", row["id"]) for row in rows]


def _by_prefix(column: str) -> Callable[[Lookup, Scope, int], Iterable[Found]]:
    where = (
        f"from pub_customers_party p where p.{column} >= %(low)s and p.{column} < %(high)s"
        f" order by p.{column}, p.id"
    )
    return lambda lookup, scope, limit: _people(where, _range(lookup.value), limit)


def _by_hash(view: str, column: str, purpose: str) -> Callable[[Lookup, Scope, int], Iterable[Found]]:
    where = f"from (select party_id as id from {view} where {column} = any(%(hash)s)) p"  # noqa: S608
    normal = customers.normal_number if purpose.startswith("document") else _searched_phone
    return lambda lookup, scope, limit: _people(
        where, {"hash": keyed_hashes(normal(lookup.value), purpose)}, limit
    )


def _by_end(column: str) -> Callable[[Lookup, Scope, int], Iterable[Found]]:
    """A name or initials, narrowed by the last four of a telephone or a document."""
    where = f"""
        from (select party_id from pub_customers_contact where last4_hash = any(%(phone)s)
              union select party_id from pub_customers_document where last4_hash = any(%(document)s)) e
        join pub_customers_party p on p.id = e.party_id
        where p.{column} >= %(low)s and p.{column} < %(high)s order by p.{column}, p.id"""  # noqa: S608

    def look(lookup: Lookup, scope: Scope, limit: int) -> Iterable[Found]:
        ends = {
            "phone": keyed_hashes(lookup.end, "phone.last4"),
            "document": keyed_hashes(lookup.end, "document.last4"),
        }
        return _people(where, {**_range(lookup.value), **ends}, limit)

    return look


def _name_inside(lookup: Lookup, scope: Scope, limit: int) -> Iterable[Found]:
    keys = customers.search_keys(lookup.value, customers.PartyKind.ORGANISATION).bigrams
    if len(keys) == 1 and len(keys[0]) < 2:
        return []
    return _people(
        "from pub_customers_party p where p.name_keys @> %(keys)s::text[]", {"keys": list(keys)}, limit
    )


def _accounts(kind: str, column: str, test: str) -> Callable[[Lookup, Scope, int], Iterable[Found]]:
    sql = f"""
        select id, {column} as title, party_id from pub_subscriptions_subscription
        where {test} >= %(low)s and {test} < %(high)s order by {test} limit %(limit)s"""  # noqa: S608

    def look(lookup: Lookup, scope: Scope, limit: int) -> Iterable[Found]:
        value = lookup.value.upper() if kind == "serial" else lookup.value
        rows = fetch_all(sql, {**_range(value[::-1] if test != column else value), "limit": limit})
        return [Found(kind, row["id"], row["title"], row["title"], row["party_id"]) for row in rows]

    return look


def _receipts(lookup: Lookup, scope: Scope, limit: int) -> Iterable[Found]:
    rows = fetch_all(
        """
        select r.id, r.number as title, p.party_id
        from pub_ledger_receipt r join pub_ledger_payment p on p.id = r.payment_id
        where r.number = any(%(numbers)s) and (%(halls)s::bigint[] is null or r.hall_id = any(%(halls)s))
        order by r.issued_at desc limit %(limit)s
        """,
        {"numbers": [lookup.value, lookup.value.upper()], "halls": scope.hall_list, "limit": limit},
    )
    return [Found("receipt", row["id"], row["title"], row["title"], row["party_id"]) for row in rows]


def _addresses(lookup: Lookup, scope: Scope, limit: int) -> Iterable[Found]:
    """The premises that the words name, and whoever has a service there; a room's own people come once each."""
    guess = customers.read_address(lookup.value, scope=scope)
    if guess is None:
        return []
    rows = fetch_all(
        """
        select n.id, n.label, n.label_en, s.party_id
        from pub_customers_premises n
        left join lateral (select party_id from pub_subscriptions_subscription
                           where dwelling_id = n.id and ended_at is null order by id limit 1) s on true
        where n.path = any(%(paths)s) order by n.path limit %(limit)s
        """,
        {"paths": customers.premises_paths(guess, customers.compounds(scope=scope)), "limit": limit},
    )
    return [Found("address", row["id"], row["label"], row["label_en"], row["party_id"]) for row in rows]


def _searched_phone(typed: str) -> str:
    return customers.searched_phone(customers.normal_phone(typed))


def _range(prefix: str) -> dict[str, str]:
    return {"low": prefix, "high": prefix + LAST}


_LOOKUPS: dict[str, Callable[[Lookup, Scope, int], Iterable[Found]]] = {
    "name": _by_prefix("name"),
    "name_inside": _name_inside,
    "initials": _by_prefix("initials"),
    "pinyin": _by_prefix("name_pinyin"),
    "name_and_end": _by_end("name"),
    "initials_and_end": _by_end("initials"),
    "phone": _by_hash("pub_customers_contact", "phone_hash", "phone"),
    "phone_end": _by_hash("pub_customers_contact", "last4_hash", "phone.last4"),
    "document": _by_hash("pub_customers_document", "number_hash", "document"),
    "document_end": _by_hash("pub_customers_document", "last4_hash", "document.last4"),
    "account": _accounts("account", "account_name", "account_name"),
    "account_end": _accounts("account", "account_name", "reverse(account_name)"),
    "serial": _accounts("serial", "serial", "serial"),
    "receipt": _receipts,
    "address": _addresses,
}


def _hits(found: list[Found], scope: Scope, lang: str, at: datetime | None) -> list[Hit]:
    """Each with its customer's card; records merged into one make one hit that carries all their names (CUS-06)."""
    parties = {row.party_id for row in found if row.party_id is not None}
    groups = customers.groups(list(parties), scope=scope)
    cards = customers.cards([one for members in groups.values() for one in members], scope=scope)
    levels = customers.vips(list(cards), at=at, scope=scope) if at and cards else {}
    hits: dict[tuple[str, int], Hit] = {}
    for row in found:
        known = [cards[one] for one in groups.get(row.party_id or 0, []) if one in cards]
        hit = _ranked(_hit(row, known, lang), known, levels, lang)
        hits.setdefault((hit.kind, hit.id), hit)
    return list(hits.values())


def _hit(row: Found, known: list[customers.CustomerCard], lang: str) -> Hit:
    card = known[0] if known else None
    party_id = card.id if card else None
    if row.kind == "person" and card:
        badge = BADGES["organisation" if card.kind is customers.PartyKind.ORGANISATION else "person"]
        also = [part for one in known[1:] for part in (one.name, one.phone_masked) if part not in _said(card)]
        parts = (card.phone_masked, card.document_masked, *dict.fromkeys(also))
        subtitle = " · ".join(part for part in parts if part)
        return Hit(row.kind, card.id, card.name, subtitle, badge.in_(lang), party_id)
    title = row.title_en if lang == "en" else row.title
    return Hit(row.kind, row.id, title, card.name if card else "", BADGES[row.kind].in_(lang), party_id)


def _ranked(
    hit: Hit, known: list[customers.CustomerCard], levels: dict[PartyId, customers.Vip], lang: str
) -> Hit:
    """A customer's level stands in the badge (CUS-07)."""
    levels_known = [customers.LEVELS[levels[card.id].level].in_(lang) for card in known if card.id in levels]
    return replace(hit, badge=" · ".join([*levels_known[:1], hit.badge])) if hit.kind == "person" else hit


def _said(card: customers.CustomerCard) -> tuple[str, str]:
    return card.name, card.phone_masked
