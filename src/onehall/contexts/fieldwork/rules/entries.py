"""What may be entered on a visit, on a returned sheet and after a call."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from onehall.contexts.fieldwork.contracts import (
    BadEntry,
    CallOutcome,
    Contact,
    LineTest,
    Material,
    MaterialUse,
    NotSigned,
    Sign,
    Strokes,
    WorkOrder,
)
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text

SATISFACTION = range(1, 6)  # structural: one to five stars, in the database's check and on the paper


def strokes_present(strokes: Strokes | None) -> bool:
    """A signature is a line, not a dot: the pen moved across at least a twentieth of the field."""
    points = [point for stroke in strokes or () for point in stroke]
    if not points:
        return False
    across = max(p[0] for p in points) - min(p[0] for p in points)
    along = max(p[1] for p in points) - min(p[1] for p in points)
    return max(across, along) >= 1 / 20  # structural: tells a stroke from a tap on any screen


def signature_problem(method: Sign | None, strokes: Strokes | None, *, step: Text) -> Refusal | None:
    """The customer signs on glass, on paper or seals it (WRK-02); nobody confirms in the customer's place."""
    missing = method is None or method is Sign.CONFIRMED
    if missing or (method is Sign.STROKES and not strokes_present(strokes)):
        return NotSigned(field="signature", step=step.zh, step_en=step.en)
    return None


def check_tested(tested: bool) -> Refusal | None:
    """Nobody finishes without a line test (WRK-04)."""
    why = Text(
        "还没有线路测试结果，不能完工。", "There is no line test yet, so the visit cannot be finished."
    )
    return None if tested else BadEntry(field="line_test", why=why.zh, why_en=why.en)


def check_test(test: LineTest) -> Refusal | None:
    """Speeds are positive, loss lies between none and all."""
    if test.down_kbps > 0 and test.up_kbps > 0 and 0 <= test.loss_permille <= 1000:
        return None
    why = Text(
        "线路测试的数值不对：速率为正数，丢包在 0 到 1000 ‰ 之间。",
        "These are no measurements: speeds are positive, loss lies between 0 and 1000 ‰.",
    )
    return BadEntry(field="line_test", why=why.zh, why_en=why.en)


def check_materials(used: Iterable[MaterialUse], catalogue: Mapping[str, Material]) -> Refusal | None:
    """Only what the catalogue knows; what exceeds the free quantity is the customer's own (FEE-02)."""
    supplied: dict[str, int] = {}
    for use in used:
        known = catalogue.get(use.code)
        if known is None or use.quantity < 1:
            return _bad(
                Text(
                    f"没有材料 {use.code}，或数量不对。",
                    f"There is no material {use.code}, or no such quantity.",
                )
            )
        if not use.own:
            supplied[use.code] = supplied.get(use.code, 0) + use.quantity
            if supplied[use.code] > known.free_quantity:
                return _bad(_exceeds(known))
    return None


def _exceeds(material: Material) -> Text:
    free = material.free_quantity
    return Text(
        f"{material.name.zh}每次免费提供 {free} {material.unit.zh}，超出部分请登记为客户自备（FEE-02）。",
        f"{material.name.en}: {free} {material.unit.en} a visit free of charge; enter what exceeds it as the"
        " customer's own (FEE-02).",
    )


def _bad(why: Text) -> BadEntry:
    return BadEntry(field="materials", why=why.zh, why_en=why.en)


def check_call(outcome: CallOutcome, satisfaction: int | None) -> Refusal | None:
    """An answered call has a satisfaction of 1 to 5, an unanswered one has none (WRK-05)."""
    answered = outcome is not CallOutcome.UNANSWERED
    if answered == (satisfaction is not None) and (satisfaction is None or satisfaction in SATISFACTION):
        return None
    why = Text(
        "接通的回访要填满意度（1 至 5），未接通的不填。",
        "An answered call has a satisfaction of 1 to 5, an unanswered one has none.",
    )
    return BadEntry(field="satisfaction", why=why.zh, why_en=why.en)


def masked(contact: Contact) -> Contact:
    """As lists show it: the family name's first character, the phone without its middle."""
    name = contact.name[:1] + "*" * min(len(contact.name) - 1, 2) if contact.name else ""
    phone = contact.phone
    shown = phone[:3], phone[-4:]
    hidden = "****".join(shown) if len(phone) > len("".join(shown)) else "*" * len(phone)
    return Contact(name, hidden)


def evidence(
    case: WorkOrder, *, what: str, method: Sign, strokes: Strokes | None, session: int | None, at: datetime
) -> tuple[str, bytes]:
    """What was signed, how and when, spelled once, and its SHA-256: a later change of either shows (LAW-32)."""
    spelled = json.dumps(
        {
            "what": what,
            "serial": case.serial,
            "account": case.account,
            "address": case.address,
            "offering": case.offering.zh,
            "method": method.value,
            "strokes": strokes or (),
            "session": session,
            "at": at.isoformat(),
        },
        ensure_ascii=False,
        sort_keys=True,
    )
    return spelled, hashlib.sha256(spelled.encode()).digest()
