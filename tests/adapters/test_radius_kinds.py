"""Each kind of access device is told a speed in its own words."""

import pytest

from onehall.adapters.radius.kinds import kind, kinds


def told(code: str, down: int = 100_000, up: int = 20_000) -> dict[str, int | str]:
    return {one.attribute: one.filled(down_kbps=down, up_kbps=up) for one in kind(code).speed}


@pytest.mark.rule("NET-01")
def test_every_kind_hears_the_speed_in_its_own_attributes_and_in_the_common_ones() -> None:
    common = {"WISPr-Bandwidth-Max-Down": 100_000_000, "WISPr-Bandwidth-Max-Up": 20_000_000}
    assert told("generic") == common
    assert told("huawei") == common | {
        "Huawei-Output-Average-Rate": 100_000_000, "Huawei-Input-Average-Rate": 20_000_000,
    }  # fmt: skip
    assert told("zte") == common | {"ZTE-Rate-Ctrl-SCR-Down": 100_000, "ZTE-Rate-Ctrl-SCR-Up": 20_000}
    assert told("mikrotik") == common | {"Mikrotik-Rate-Limit": "20000k/100000k"}
    assert told("cisco") == common | {"Cisco-Account-Info": "QU;20000000;D;100000000"}
    assert told("of-a-vendor-nobody-declared") == common


@pytest.mark.rule("NET-01")
def test_what_does_not_fit_into_an_attribute_is_told_as_the_most_that_fits() -> None:
    assert told("huawei", down=10_000_000)["Huawei-Output-Average-Rate"] == 2**32 - 1
    assert told("zte", down=10_000_000)["ZTE-Rate-Ctrl-SCR-Down"] == 10_000_000


def test_codes_within_a_vendor_are_one_attribute_each() -> None:
    seen = {(one.vendor_id, one.code): one.attribute for found in kinds().values() for one in found.speed}
    assert len(set(seen.values())) == len(seen)
