"""Other speeds: at the expiry, never inside a paid term (CAT-02)."""

from onehall.contexts.catalogue.contracts import Allowed, Circumstances, Denied, Offering, Verdict
from onehall.foundation.values.text import Text


def renewal_same_offering_or_expiry(offering: Offering, here: Circumstances) -> Verdict:
    """CAT-02: inside a paid term the speed stays; on or after the expiry any offering may be chosen."""
    current = here.current
    if current is None or offering.down_kbps == current.down_kbps or here.at >= current.expiry:
        return Allowed()
    return _speed_denied("renewal_same_offering_or_expiry", here)


def speed_change_at_expiry(offering: Offering, here: Circumstances) -> Verdict:
    """CAT-02, for networks that switch the speed with the term: the new speed must start at the old expiry or later."""
    current, starts = here.current, here.term_starts or here.at
    if current is None or offering.down_kbps == current.down_kbps or starts >= current.expiry:
        return Allowed()
    return _speed_denied("speed_change_at_expiry", here)


def _speed_denied(code: str, here: Circumstances) -> Denied:
    day = f"{here.current.expiry:%Y-%m-%d}" if here.current else ""
    return Denied(
        code, "CAT-02",
        Text(f"已付费期内不能改速率（{day} 到期）。", f"The speed cannot change inside the paid term (until {day})."),
        Text("现在可按原速率续费，或办“到期改速率”，到期当天起换。", "Renew at the same speed now, or book the other speed from the day it expires."),
    )  # fmt: skip


def other_speed(offering: Offering, here: Circumstances) -> Verdict:
    """A change of speed is to another speed; for the same one a renewal says it."""
    if here.current is None or offering.down_kbps != here.current.down_kbps:
        return Allowed()
    return Denied(
        "other_speed", "CAT-02",
        Text(f"“{offering.name.zh}”与现在的速率相同。", f"“{offering.name.en}” has the speed that runs now."),
        Text("请办续费。", "Renew it instead."),
    )  # fmt: skip


def inside_paid_term(offering: Offering, here: Circumstances) -> Verdict:
    """Booked ahead while something is paid; on or after the expiry a renewal may be at any speed anyway."""
    if here.current is None or here.at < here.current.expiry:
        return Allowed()
    return Denied(
        "inside_paid_term", "CAT-02",
        Text("已经到期，不用预约改速率。", "It has expired: there is nothing to book a change for."),
        Text("请直接续费，选新的速率。", "Renew it now, at the new speed."),
    )  # fmt: skip
