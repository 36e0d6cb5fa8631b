"""Do the files of a profile fit together? Every code that is referred to must exist, every code is given once."""

from collections import Counter as Tally
from collections.abc import Iterable
from typing import get_args

from onehall.foundation.profiles.problems import Findings
from onehall.foundation.profiles.schema import Account, Offering, Profile, Sale

_ASKED_OF = ("individual", "minor", "organisation", "agent")
"""Of whom a paper may be asked (ORD-03)."""


def check(profile: Profile, findings: Findings) -> None:
    """Notes every reference that leads nowhere and every code that is given twice."""
    for part in (
        _codes,
        _organisation,
        _departments,
        _staff,
        _offerings,
        _principals,
        _numbers,
        _forms,
        _households,
        _cases,
    ):
        part(profile, findings)


def _once(file: str, table: str, codes: Iterable[str], findings: Findings) -> None:
    for code, times in Tally(codes).items():
        if times > 1:
            findings.add(file, f"{table} “{code}”", f"出现了 {times} 次", f"is given {times} times")


def _known(file: str, place: str, code: str, known: Iterable[str], where: str, findings: Findings) -> None:
    if code not in set(known):
        findings.add(file, place, f"“{code}”不在 {where} 中", f"“{code}” is not in {where}")


def _codes(profile: Profile, findings: Findings) -> None:
    _once("organisation.toml", "region", (r.code for r in profile.regions), findings)
    _once("organisation.toml", "hall", (h.code for h in profile.halls), findings)
    _once("organisation.toml", "counter", (f"{c.hall}/{c.no}" for c in profile.counters), findings)
    _once("organisation.toml", "department", (d.code for d in profile.departments), findings)
    _once("staff.toml", "person", (p.staff_no for p in profile.people), findings)
    _once("roles.toml", "role", (r.code for r in profile.roles), findings)
    _once("compounds.csv", "code", (c.code for c in profile.compounds), findings)
    _once("accounts.toml", "account", (a.code for a in profile.accounts), findings)
    _once("accounts.toml", "role", (a.role for a in profile.accounts if a.role), findings)
    for role in sorted(
        {*get_args(Account.__annotations__["role"])} - {"", *(a.role for a in profile.accounts)}
    ):
        findings.add("accounts.toml", "account.role", f"没有科目担任“{role}”", f"no account plays “{role}”")
    _once("offerings.toml", "offering", (o.code for o in profile.offerings), findings)
    _once("numbers.toml", "prefix", (f"{p.kind} {p.prefix}" for p in profile.prefixes), findings)
    _once("materials.toml", "material", (m.code for m in profile.materials), findings)
    _once("forms.toml", "form", (f.code for f in profile.forms), findings)
    _once("wording.toml", "terms", (f"{t.code} {t.version}" for t in profile.terms), findings)
    _once(
        "policies.toml", "value", (f"{v.key} {v.region}{v.hall} {v.valid_from or ''}" for v in profile.policies), findings
    )  # fmt: skip


def _organisation(profile: Profile, findings: Findings) -> None:
    file = "organisation.toml"
    regions, halls = [r.code for r in profile.regions], [h.code for h in profile.halls]
    compounds = [c.code for c in profile.compounds]
    for hall in profile.halls:
        _known(file, f"hall “{hall.code}”.region", hall.region, regions, "region", findings)
        for code in hall.compounds:
            _known(file, f"hall “{hall.code}”.compounds", code, compounds, "compounds.csv", findings)
    for counter in profile.counters:
        _known(file, f"counter “{counter.no}”.hall", counter.hall, halls, "hall", findings)
        if counter.online:
            people = [person.staff_no for person in profile.people if person.sign_in]
            _known(file, f"counter “{counter.no}”.online", counter.online, people, "staff.toml", findings)
    _once(file, "counter.online", (c.hall for c in profile.counters if c.online), findings)
    for entry in profile.directory:
        if entry.hall:
            _known(file, f"directory “{entry.purpose}”.hall", entry.hall, halls, "hall", findings)
    for compound in profile.compounds:
        _known("compounds.csv", compound.code, compound.hall, halls, "organisation.toml hall", findings)


def _departments(profile: Profile, findings: Findings) -> None:
    file, people = "organisation.toml", [p.staff_no for p in profile.people]
    regions, compounds = [r.code for r in profile.regions], [c.code for c in profile.compounds]
    for department in profile.departments:
        place = f"department “{department.code}”"
        _known(file, f"{place}.region", department.region, regions, "region", findings)
        _known(file, f"{place}.project_manager", department.project_manager, people, "staff.toml", findings)
        for code in department.compounds:
            _known(file, f"{place}.compounds", code, compounds, "compounds.csv", findings)


def _staff(profile: Profile, findings: Findings) -> None:
    roles, halls = [r.code for r in profile.roles], [h.code for h in profile.halls]
    for person in profile.people:
        place = f"person “{person.staff_no}”.posts"
        for post in person.posts:
            _known("staff.toml", place, post.role, roles, "roles.toml", findings)
            if post.hall:
                _known("staff.toml", place, post.hall, halls, "organisation.toml hall", findings)


def _offerings(profile: Profile, findings: Findings) -> None:
    file = "offerings.toml"
    accounts, compounds = [a.code for a in profile.accounts], [c.code for c in profile.compounds]
    for offering in profile.offerings:
        place = f"offering “{offering.code}”"
        _known(
            file, f"{place}.revenue_account", offering.revenue_account, accounts, "accounts.toml", findings
        )
        for name in offering.sold_as:
            _known(file, f"{place}.sold_as", name, profile.sales, "sale", findings)
        for code in offering.compounds:
            _known(file, f"{place}.compounds", code, compounds, "compounds.csv", findings)
        if offering.price_policy:
            keys = [value.key for value in profile.policies]
            _known(file, f"{place}.price_policy", offering.price_policy, keys, "policies.toml", findings)
        _price(place, offering, findings)
    for name, sale in profile.sales.items():
        _sale(name, sale, profile, findings)


def _principals(profile: Profile, findings: Findings) -> None:
    """Money of others stands on a liability of its own, and nothing of ours beside it (CAT-11)."""
    file = "offerings.toml"
    liabilities = [account.code for account in profile.accounts if account.kind == "liability"]
    _once(file, "principal", (one.code for one in profile.principals), findings)
    _once(file, "principal.account", (one.account for one in profile.principals), findings)
    for one in profile.principals:
        place = f"principal “{one.code}”.account"
        _known(file, place, one.account, liabilities, "accounts.toml liability", findings)
    held = {one.account for one in profile.principals}
    for offering in profile.offerings:
        theirs = offering.revenue_account in held
        if (offering.kind == "collection" and not theirs) or (
            theirs and offering.kind not in ("collection", "value_added")
        ):
            findings.add(
                file, f"offering “{offering.code}”.revenue_account",
                "代收的要记在委托单位的科目上，自己的收入不能记在上面", "what is collected stands on its principal's account, our own income never",
            )  # fmt: skip


def _sale(name: str, sale: Sale, profile: Profile, findings: Findings) -> None:
    file = "offerings.toml"
    for paper in sale.papers:
        who, _, code = paper.rpartition(":")
        _known(file, f"sale.{name}.papers", code, profile.papers, "forms.toml paper", findings)
        if who:
            _known(
                file,
                f"sale.{name}.papers",
                who,
                _ASKED_OF,
                "individual minor organisation agent",
                findings,
            )
    for form in sale.forms:
        _known(file, f"sale.{name}.forms", form, [f.code for f in profile.forms], "forms.toml form", findings)


def _price(place: str, offering: Offering, findings: Findings) -> None:
    if (offering.price is None) == (not offering.price_policy):
        findings.add(
            "offerings.toml",
            place,
            "price 和 price_policy 须写且只写一项",
            "exactly one of price and price_policy is needed",
        )
    if not offering.sold_as:
        findings.add("offerings.toml", f"{place}.sold_as", "至少写一项", "at least one is needed")
    days = [change.valid_from for change in offering.prices]
    if days != sorted(set(days)):
        findings.add("offerings.toml", f"{place}.prices", "生效日须依次递增", "the dates must ascend")


def _numbers(profile: Profile, findings: Findings) -> None:
    compounds = [c.code for c in profile.compounds]
    for one in profile.ranges:
        _known("numbers.toml", f"range “{one.first}”", one.compound, compounds, "compounds.csv", findings)
    counters = [f"{c.hall}/{c.no}" for c in profile.counters]
    for book in profile.books:
        place = f"book “{book.prefix}{book.first}”"
        _known(
            "numbers.toml",
            place,
            f"{book.hall}/{book.counter}",
            counters,
            "organisation.toml counter",
            findings,
        )
        in_order = book.first.isdigit() and book.last.isdigit() and int(book.first) <= int(book.last)
        if not in_order or len(book.first) != len(book.last):
            findings.add(
                "numbers.toml",
                place,
                "起止号须位数相同、先小后大",
                "first and last need the same number of digits, first ≤ last",
            )


def _forms(profile: Profile, findings: Findings) -> None:
    terms = [t.code for t in profile.terms]
    for form in profile.forms:
        if form.terms:
            _known(
                "forms.toml", f"form “{form.code}”.terms", form.terms, terms, "wording.toml terms", findings
            )


def _households(profile: Profile, findings: Findings) -> None:
    if profile.story is None:
        return
    homes = {(d.compound, d.building, d.unit, d.room) for d in profile.dwellings}
    _once("demo.toml", "customer", (c.key for c in profile.story.customer), findings)
    for customer in profile.story.customer:
        home = customer.home
        if (home.compound, home.building, home.unit, home.room) not in homes:
            place = f"customer “{customer.key}”.home"
            findings.add("demo.toml", place, "不在 premises.csv 中", "is not in premises.csv")


def _cases(profile: Profile, findings: Findings) -> None:
    if profile.story is None:
        return
    file, people = "demo.toml", [p.staff_no for p in profile.people]
    counters = [f"{c.hall}/{c.no}" for c in profile.counters]
    customers, offerings = [c.key for c in profile.story.customer], [o.code for o in profile.offerings]
    _once(file, "case", (case.key for case in profile.story.case), findings)
    for drawer in profile.story.drawer:
        _known(
            file, "drawer", f"{drawer.hall}/{drawer.counter}", counters, "organisation.toml counter", findings
        )
        _known(file, "drawer.by", drawer.by, people, "staff.toml", findings)
    for case in profile.story.case:
        place = f"case “{case.key}”"
        _known(file, f"{place}.customer", case.customer, customers, "customer", findings)
        _known(file, place, f"{case.hall}/{case.counter}", counters, "organisation.toml counter", findings)
        for step in case.step:
            _known(file, f"{place}.{step.do}.by", step.by, people, "staff.toml", findings)
            for item in step.item:
                _known(file, f"{place}.{step.do}.item", item.offering, offerings, "offerings.toml", findings)
