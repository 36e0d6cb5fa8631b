"""The day is over and nothing is killed any more: clerks see to every charge that nobody has answered for, as the day report asks them to."""

import random
import time
from collections.abc import Iterator, Mapping
from typing import Any

from chaos.asking import Browser, moved
from chaos.hall import Hall
from chaos.proof import rows
from chaos.told import Tally

_OPEN = """
    select c.id, c.basket_id as basket, b.no from acquiring_charge c
    join acquiring_pending p on p.charge_id = c.id join organisation_counter b on b.id = c.counter_id
    join lateral (select state from acquiring_chargeevent where charge_id = c.id order by id desc limit 1) e on true
    where e.state in ('asked', 'waiting')
"""
_SECONDS = 60.0


def evening(hall: Hall, line: Mapping[str, Any], tally: Tally, *, seed: int) -> Iterator[str]:
    """Until no charge is open; what stays open."""
    dice = random.Random(seed)
    clerks = {
        seat: Browser(f"evening {seat}", till["token"], hall.port, dice=dice, tally=tally)
        for seat, till in zip(line["seats"], line["tills"], strict=True)
    }
    until = time.monotonic() + _SECONDS
    while left := rows(hall, _OPEN):
        if time.monotonic() > until:
            yield f"{len(left)} charges stay open after they were cancelled again and again: {left[:3]}"
            return
        for row in left:
            clerks[row["no"]].send(
                f"/desk/baskets/{row['basket']}/charges/{row['id']}/cancellation", {}, moved
            )
