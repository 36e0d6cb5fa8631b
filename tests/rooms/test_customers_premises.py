"""The tree of premises: set up a compound at a time, found by numbers and by words."""

import pytest

from onehall.contexts.customers.api import (
    PremisesKind,
    PremisesNotFound,
    children,
    dwelling,
    establish_compound,
    establish_premises,
    locate,
    premises,
)
from onehall.contexts.customers.models import Premises
from onehall.foundation.scopes import Scope
from tests.rooms.reception import LATER, NOON

ALL = Scope.operator()


@pytest.fixture
def compound(db: None) -> str:
    establish_compound(code="lh", name="柳花苑", name_en="Liuhua Yuan", by=None, at=NOON)
    rooms = [(b, u, r) for b in ("1", "2", "10") for u in ("1", "2") for r in ("101", "502")]
    establish_premises(compound="lh", dwellings=rooms, by=None, at=NOON)
    return "lh"


@pytest.mark.rule("ADR-01")
def test_premises_form_a_tree_of_four_levels(compound: str) -> None:
    room = dwelling(compound=compound, building="1", unit="2", room="502", scope=ALL)
    assert (room.label, room.label_en) == (
        "柳花苑1号楼2单元502室",
        "Liuhua Yuan, Building 1, Unit 2, Room 502",
    )
    above = [room]
    while above[-1].parent_id is not None:
        above.append(premises(above[-1].parent_id, scope=ALL))
    assert [node.kind for node in above] == list(reversed(PremisesKind))
    assert [node.building for node in children(above[-1].id, scope=ALL)] == ["1", "2", "10"]


@pytest.mark.rule("ADR-01")
def test_setting_up_again_adds_only_what_is_new(compound: str) -> None:
    rooms = [("1", "1", "101"), ("01", "1", "0101"), ("3", "1", "101")]
    assert establish_premises(compound=compound, dwellings=rooms, by=None, at=LATER) == 3
    assert establish_premises(compound=compound, dwellings=rooms, by=None, at=LATER) == 0
    assert establish_premises(compound=compound, dwellings=[], by=None, at=LATER) == 0
    with pytest.raises(PremisesNotFound):
        establish_premises(compound="xx", dwellings=rooms, by=None, at=LATER)


@pytest.mark.rule("ADR-01")
def test_a_new_name_of_a_compound_reaches_every_label(compound: str) -> None:
    establish_compound(code="lh", name="柳花新苑", name_en="New Liuhua", by=None, at=LATER)
    assert not Premises.objects.exclude(full_label__startswith="柳花新苑").exists()
    assert (
        dwelling(compound="lh", building="2", unit="1", room="101", scope=ALL).label
        == "柳花新苑2号楼1单元101室"
    )


@pytest.mark.rule("ADR-01")
def test_an_address_in_words_finds_its_room(compound: str) -> None:
    establish_compound(code="qs", name="青山里", name_en="Qingshan", by=None, at=NOON)
    establish_premises(compound="qs", dwellings=[("1", "2", "502")], by=None, at=NOON)
    assert [v.compound for v in locate("柳花苑 1号楼 2单元502室", scope=ALL)] == ["lh"]
    assert [v.compound for v in locate("1#-2-502", scope=ALL)] == ["lh", "qs"]
    assert [v.kind for v in locate("青山里１号楼", scope=ALL)] == [PremisesKind.BUILDING]
    assert locate("柳花苑99号楼", scope=ALL) == []
    with pytest.raises(PremisesNotFound):
        dwelling(compound="qs", building="1", unit="1", room="502", scope=ALL)
