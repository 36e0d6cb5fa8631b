"""Customers that come with a register are written many at once, as if each had been registered by hand."""

import pytest

from onehall.contexts.customers.contracts import PartyKind
from onehall.contexts.customers.models import Party
from onehall.contexts.customers.rules.names import search_keys
from onehall.contexts.customers.rules.takeover import CustomerTakenOver
from onehall.contexts.customers.services.takeover import take_over_customers
from tests.rooms.reception import NOON, hall, resident_id, staff

NAMES = ("王建国", '引"号', "反\\斜", "{逗,号}", "NULL", "李", "阿·卜 杜", "制\t表", "𠮷㛃", "o'brien")


@pytest.mark.rule("API-03", "CUS-04")
def test_any_name_keeps_its_keys_and_its_moment(db: None) -> None:
    here = hall()
    people = [
        CustomerTakenOver(name, resident_id(order=f"{turn:03d}"), ("13812345678",), here)
        for turn, name in enumerate(NAMES)
    ]
    ids = take_over_customers(given=people, by=staff(here), at=NOON)
    rows = {row.pk: row for row in Party.objects.all()}
    for party_id, name in zip(ids, NAMES, strict=True):
        keys = search_keys(name, PartyKind.INDIVIDUAL)
        assert (rows[party_id].name, rows[party_id].name_keys) == (name, list(keys.bigrams))
        assert (rows[party_id].initials, rows[party_id].registered_at) == (keys.initials, NOON)
    for asked in (NAMES, NAMES[1:4], ("{", "\\", '"')):
        found = Party.objects.filter(name__any_of=list(asked)).values_list("name", flat=True)
        assert set(found) == set(asked) & set(NAMES)
