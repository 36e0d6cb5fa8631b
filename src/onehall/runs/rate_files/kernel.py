"""The sequential kernel: calls and top-ups in the order in which they happened, compiled (VOI-02, BIL-02).

What the expression says of a month without top-ups, this says to the last byte; with them it also knows when credit and balance
were used up, and when a top-up ended that. A text is a stretch of bytes between two offsets, as Arrow keeps it.
"""

from typing import Any

import numpy as np
from numba import njit

# structural: FNV-1a
OFFSET_BASIS, PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
# structural: half of a hash, and its uppermost byte
HALF, TOP, PARTS, ONE = np.uint64(32), np.uint64(56), 256, np.uint64(1)
SHORT = 48  # structural: measured with bench.rating
SPARE = 4  # structural: slots a row, measured with bench.rating
WIDTH = 5  # structural: numbers of a span
NEVER = -1


@njit(cache=True, nogil=True)
def codes(offsets: Any, text: Any) -> Any:
    """A hash of each text."""
    found = np.empty(offsets.size - 1, np.uint64)
    at = np.uint64(offsets[0])
    for row in range(found.size):
        code, after = OFFSET_BASIS, np.uint64(offsets[row + 1])
        while at < after:
            code = (code ^ np.uint64(text[at])) * PRIME
            at += ONE
        found[row] = code ^ (code >> HALF)
    return found


@njit(cache=True, nogil=True)
def slots(codes: Any) -> Any:
    """Where `places` looks for texts of these hashes: their rows, each in the first free slot from its hash on."""
    found = _emptied(codes.size)
    mask = np.uint64(found.size - 1)
    for row in range(codes.size):
        slot = codes[row] & mask
        while found[slot] >= 0:
            slot = (slot + ONE) & mask
        found[slot] = row
    return found


@njit(cache=True, nogil=True)
def _emptied(rows: int) -> Any:
    """A power of two of slots, at most a quarter of which will be taken."""
    size = SPARE
    while size < SPARE * rows:
        size *= 2
    return np.full(size, NEVER, np.int32)


@njit(cache=True, nogil=True)
def places(codes: Any, texts: Any, slots: Any, known_codes: Any, known: Any) -> Any:
    """The row of each text among known ones, for which `slots` were made; NEVER where it is not there.

    texts, known: (offsets, bytes) of both. Hashes are compared for all rows before the first text is: the processor then waits
    for many rows of memory at once.
    """
    found, mask = np.empty(codes.size, np.int32), np.uint64(slots.size - 1)
    for row in range(codes.size):
        slot = codes[row] & mask
        while slots[slot] >= 0 and known_codes[np.uint64(slots[slot])] != codes[row]:
            slot = (slot + ONE) & mask
        found[row] = slots[slot]
    for row in range(codes.size):
        if found[row] >= 0 and not _same(texts, np.uint64(row), known, np.uint64(found[row])):
            slot = codes[row] & mask
            while slots[slot] >= 0 and not _same(texts, np.uint64(row), known, np.uint64(slots[slot])):
                slot = (slot + ONE) & mask
            found[row] = slots[slot]
    return found


@njit(cache=True, nogil=True)
def _same(texts: Any, one: Any, known: Any, other: Any) -> bool:
    """Unsigned throughout: for a signed index it is asked each time whether it counts from the end."""
    (offsets, text), (known_offsets, known_text) = texts, known
    at, after = np.uint64(offsets[one]), np.uint64(offsets[one + ONE])
    begin = np.uint64(known_offsets[other])
    if after - at != np.uint64(known_offsets[other + ONE]) - begin:
        return False
    while at < after:
        if text[at] != known_text[begin]:
            return False
        at += ONE
        begin += ONE
    return True


@njit(cache=True, nogil=True)
def repeats(codes: Any, good: Any, offsets: Any, text: Any) -> Any:
    """Which good rows bear a text that an earlier good row bears; `codes` are the texts' hashes.

    Rows are parted by their hash first: a table of one part stays near the processor, one of all rows does not.
    """
    begins = np.zeros(PARTS + 1, np.int64)
    for row in range(good.size):
        begins[(codes[row] >> TOP) + ONE] += good[row]
    for part in range(PARTS):
        begins[part + 1] += begins[part]
    rows, parted, free = np.empty(begins[PARTS], np.int32), np.empty(begins[PARTS], np.uint64), begins.copy()
    for row in range(good.size):
        if good[row]:
            at = free[codes[row] >> TOP]
            rows[at], parted[at] = row, codes[row]
            free[codes[row] >> TOP] += 1
    repeated = np.zeros(good.size, np.bool_)
    for part in range(PARTS):
        _repeats_of(
            rows[begins[part] : begins[part + 1]],
            parted[begins[part] : begins[part + 1]],
            offsets,
            text,
            repeated,
        )
    return repeated


@njit(cache=True, nogil=True)
def _repeats_of(rows: Any, codes: Any, offsets: Any, text: Any, repeated: Any) -> None:
    taken = _emptied(rows.size)
    mask = np.uint64(taken.size - 1)
    for at in range(rows.size):
        slot = codes[at] & mask
        while taken[slot] >= 0:
            before = taken[slot]
            if codes[before] == codes[at] and compared(offsets, text, rows[before], rows[at]) == 0:
                repeated[rows[at]] = True
                break
            slot = (slot + ONE) & mask
        if taken[slot] < 0:
            taken[slot] = at


@njit(cache=True, nogil=True)
def compared(offsets: Any, text: Any, one: int, other: int) -> int:
    """Below, equal or above 0 as the text of one row stands before, with or after another's."""
    length, size = offsets[one + 1] - offsets[one], offsets[other + 1] - offsets[other]
    for at in range(min(length, size)):
        difference = np.int64(text[offsets[one] + at]) - np.int64(text[offsets[other] + at])
        if difference != 0:
            return int(difference)
    return int(length - size)


@njit(cache=True, nogil=True)
def classes(offsets: Any, text: Any, letters: Any, tree: Any, kinds: Any) -> Any:
    """The class of the longest prefix of each text, NEVER where there is none: down a tree of the prefixes' letters."""
    found = np.empty(offsets.size - 1, np.int32)
    for row in range(found.size):
        node, found[row] = 0, kinds[0]
        for at in range(offsets[row], offsets[row + 1]):
            letter = letters[text[at]]
            if letter < 0 or tree[node, letter] < 0:
                break
            node = tree[node, letter]
            if kinds[node] >= 0:
                found[row] = kinds[node]
    return found


@njit(cache=True, nogil=True)
def by_place(place: Any, reason: Any, accounts: int) -> Any:
    """(rows without a reason in the order of their places, where each place begins)."""
    begins = np.zeros(accounts + 1, np.int64)
    for row in range(place.size):
        if reason[row] == 0:
            begins[place[row] + 1] += 1
    for at in range(accounts):
        begins[at + 1] += begins[at]
    rows, free = np.empty(begins[accounts], np.int32), begins.copy()
    for row in range(place.size):
        if reason[row] == 0:
            rows[free[place[row]]] = row
            free[place[row]] += 1
    return rows, begins


@njit(cache=True, nogil=True)
def sort(begins: Any, rows: Any, moment: Any, offsets: Any, text: Any) -> Any:
    """Sorts the rows of each place by moment and text; their moments."""
    when = np.empty(rows.size, np.int64)
    for at in range(rows.size):
        when[at] = moment[rows[at]]
    for at in range(begins.size - 1):
        _sort(rows[begins[at] : begins[at + 1]], when[begins[at] : begins[at + 1]], offsets, text)
    return when


@njit(cache=True, nogil=True)
def _sort(rows: Any, when: Any, offsets: Any, text: Any) -> None:
    if rows.size > SHORT:
        order = np.argsort(when, kind="mergesort")
        rows[:], when[:] = rows[order], when[order]
    for at in range(1, rows.size):
        row, moment, before = rows[at], when[at], at
        while before > 0:
            if when[before - 1] < moment:
                break
            if when[before - 1] == moment and compared(offsets, text, rows[before - 1], row) <= 0:
                break
            rows[before], when[before] = rows[before - 1], when[before - 1]
            before -= 1
        rows[before], when[before] = row, moment


@njit(cache=True, nogil=True)
def walk(begins: Any, calls: Any, account: Any, paid_in: Any, totals: Any) -> Any:
    """(credit used, balance after) of each call in sequence, and the spans in which an account was used up.

    calls: (moments, minutes, charges) · account: credit and balance before the month, by place · paid_in: (where each place begins,
    moments, amounts) of top-ups; one of the same second comes before the call · totals: rows that become the minutes, charge,
    credit used and balance of each account · a span: place, from, until (NEVER where it has none), charged calls, their charge.
    """
    moment, minutes, charge = calls
    used, after = np.empty_like(charge), np.empty_like(charge)
    spans, ended = np.zeros((begins.size - 1 + paid_in[0][-1] - paid_in[0][0], WIDTH), np.int64), 0
    spans[:, 1:3] = NEVER
    for at in range(begins.size - 1):
        ends = begins[at : at + 2], paid_in[0][at : at + 2]
        for call in range(begins[at], begins[at + 1]):
            totals[at, 0] += minutes[call]
            totals[at, 1] += charge[call]
        more = _account(
            ends, moment, charge, account[at], paid_in, spans[ended:], (used, after, totals[at, 2:])
        )
        spans[ended : ended + more, 0] = at
        ended += more
    return used, after, spans[:ended]


@njit(cache=True, nogil=True)
def _account(ends: Any, moment: Any, charge: Any, money: Any, paid_in: Any, spans: Any, results: Any) -> int:
    """One account of `walk`; how many spans it has."""
    used, after, total = results
    credit, balance, (top, tops), span = money[0], money[1], ends[1], 0
    empty = credit == 0 and balance <= 0
    for call in range(ends[0][0], ends[0][1] + 1):
        last = call == ends[0][1]
        while top < tops and (last or paid_in[1][top] <= moment[call]):
            balance += paid_in[2][top]
            if empty and balance > 0:
                spans[span, 2], empty = paid_in[1][top], False
                span += 1
            top += 1
        if last:
            break
        used[call] = min(credit, charge[call])
        credit -= used[call]
        balance -= charge[call] - used[call]
        after[call] = balance
        if empty:
            spans[span, 3] += charge[call] > 0
            spans[span, 4] += charge[call]
        elif credit == 0 and balance <= 0:
            spans[span, 1], empty = moment[call], True
    total[0], total[1] = money[0] - credit, balance
    return int(span + empty)
