"""The clock as somebody in the records."""

from onehall.foundation.identity.services import establish_user
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId

CLOCK = "clock"


def clock_of(hall_id: HallId) -> Actor:
    """A login that nobody can sign in with, for what the clock does to a hall's records."""
    user = establish_user(staff_no=CLOCK, name="时钟 clock", password=None, must_change=True)
    return Actor(user, CLOCK, CLOCK, hall_id, halls=None)
