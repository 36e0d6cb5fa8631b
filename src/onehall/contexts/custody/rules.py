"""Deciding about a drawer: values in, values out."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from onehall.contexts.custody.contracts import (
    CountRefused,
    EntryKind,
    FloatDiffers,
    NotADenomination,
    NotAMovement,
    Standing,
)
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import COINS_AND_NOTES, NOTES, Money


class NoNote(Refusal):
    """A refused note names a note that exists, how many, and at most the figures printed on it."""

    code = "custody.no_note"
    rule = "LAW-02"
    status = 400
    zh = "请选面额、填张数（1 到 {most}）；冠字号码只写字母和数字，最多 20 位。"
    en = "Choose the note and type how many (1 to {most}); its number is letters and digits, 20 at most."
    alternative_zh = "看不清冠字号码的，不用填。"
    alternative_en = "Leave the number empty where it cannot be read."


_MOST_NOTES = 100  # structural: more than anybody hands over unnoticed
_LONGEST_MARK = 20  # structural: a note's printed number has ten figures


def check_refused(*, piece: int, pieces: int, mark: str) -> str:
    """LAW-02: which note, how many, and its printed number as it is kept. Raises NoNote."""
    kept = "".join(mark.split()).upper()
    fits = piece in {note.fen for note in NOTES} and 0 < pieces <= _MOST_NOTES
    plain = not kept or (len(kept) <= _LONGEST_MARK and kept.isascii() and kept.isalnum())
    if not (fits and plain):
        raise NoNote(field="pieces", most=_MOST_NOTES)
    return kept


class Told(StrEnum):
    """What a clerk learns from a blind count: by how much it differs only once the policy's counts are used up."""

    AGREES = "agrees"
    COUNT_AGAIN = "count_again"
    DIFFERS = "differs"


_PIECES = {piece.fen for piece in COINS_AND_NOTES}
_MOST_PIECES = 100_000  # structural: more pieces than any drawer holds, fewer than overflow a sum


def count_total(counted: Mapping[int, int]) -> Money:
    """The sum of a count, pieces by denomination in fen: {10000: 3, 50: 4} is 302.00. Raises NotADenomination."""
    for piece, count in counted.items():
        if piece not in _PIECES or not 0 <= count <= _MOST_PIECES:
            raise NotADenomination(field=f"pieces_{piece}", piece=Money(piece), count=count)
    return Money(sum(piece * count for piece, count in counted.items()))


def check_float(*, expected: Money, counted: Money, remark: str) -> None:
    """A difference at opening is explained or refused; it is never carried silently into the shift (LAW-40)."""
    if counted != expected and not remark.strip():
        raise FloatDiffers(
            field="remark", expected=expected, counted=counted, difference=abs(counted - expected)
        )


def check_movement(amount: Money, reason: str) -> None:
    """Cash that joins or leaves a drawer says how much and why. Raises NotAMovement."""
    if amount <= Money.zero():
        raise NotAMovement(field="amount")
    if not reason.strip():
        raise NotAMovement(field="reason")


def standing(means: str, opening: Money, entries: Iterable[tuple[EntryKind, Money, Money]]) -> Standing:
    """Where a means stands after these entries (kind, received, given): the one formula of X and Z (LAW-40).

    `custody_report` in SQL does the same over a drawer's rows; the machine that plays days of cash holds the two together.
    """
    at, got, gave = dict.fromkeys(EntryKind, 0), dict.fromkeys(EntryKind, 0), dict.fromkeys(EntryKind, 0)
    for kind, received, given in entries:
        at[kind], got[kind], gave[kind] = at[kind] + 1, got[kind] + received.fen, gave[kind] + given.fen
    return Standing(
        means=means, opening=opening, received=Money(got[EntryKind.SALE]), change=Money(gave[EntryKind.SALE]),
        refunds=Money(gave[EntryKind.REFUND] + gave[EntryKind.PAYOUT]), put_in=Money(got[EntryKind.CASH_IN]), deposits=Money(gave[EntryKind.CASH_OUT]),
        sales=at[EntryKind.SALE], reversals=at[EntryKind.REFUND],
    )  # fmt: skip


def told(*, turn: int, difference: Money, blind_counts: int) -> Told:
    """What the clerk learns from count number `turn`: a difference is shown from the policy's last blind count on."""
    if not difference:
        return Told.AGREES
    return Told.DIFFERS if turn >= blind_counts else Told.COUNT_AGAIN


def check_hand_in(*, told: Told | None, stale: bool, reason: str) -> None:
    """A drawer is handed in on a count that still holds; a difference has been counted again and has its reason.

    `told` is None where nothing was counted, `stale` where money moved since. Raises CountRefused.
    """
    if told is None:
        raise _refused("还没有清点", "Nothing was counted yet", "请先清点钱箱。", "Count the drawer first.")
    if stale:
        raise _refused(
            "清点以后钱箱又进出过钱", "Money moved through the drawer after the count", "请重新清点。", "Count again."
        )  # fmt: skip
    if told is Told.COUNT_AGAIN:
        raise _refused(
            "清点与应有的不符，还没有复点", "The count does not agree and was not repeated", "请再点一遍。",
            "Count once more.",
        )  # fmt: skip
    if told is Told.DIFFERS and not reason.strip():
        raise _refused(
            "有长短款要写明原因", "A difference needs its reason", "请在“原因”里写一句，值班经理看得到。",
            "Write a sentence under “reason”; the duty manager reads it.", field="reason",
        )  # fmt: skip


def _refused(why: str, why_en: str, do: str, do_en: str, field: str | None = None) -> CountRefused:
    return CountRefused(field=field, why=why, why_en=why_en, do=do, do_en=do_en)
