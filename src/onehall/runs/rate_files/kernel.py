"""The sequential kernel: calls and top-ups in the order in which they happened, compiled (VOI-02, BIL-02).

What the expression says of a month without top-ups, this says to the last byte; with them it also knows when credit and balance
were used up, and when a top-up ended that. A text is a stretch of bytes between two offsets, as Arrow keeps it.
"""

from typing import Any

import numpy as np
from numba import njit

# structural: FNV-1a
OFFSET_BASIS, PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
SHORT = 48  # structural: measured with bench.rating
NEVER = -1


@njit(cache=True, nogil=True)
def repeats(offsets: Any, text: Any, good: Any, slots: Any) -> Any:
    """Which good rows bear a text that an earlier good row bears. `slots` is a power of two of -1s, twice as many as rows."""
    repeated = np.zeros(good.size, np.bool_)
    mask = np.uint64(slots.size - 1)
    for row in range(good.size):
        if not good[row]:
            continue
        code = OFFSET_BASIS
        for at in range(offsets[row], offsets[row + 1]):
            code = (code ^ np.uint64(text[at])) * PRIME
        # structural: half of the bits
        slot = (code ^ (code >> np.uint64(32))) & mask
        while slots[slot] >= 0 and compared(offsets, text, slots[slot], row) != 0:
            slot = (slot + np.uint64(1)) & mask
        if slots[slot] >= 0:
            repeated[row] = True
        else:
            slots[slot] = row
    return repeated


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
def sequence(place: Any, moment: Any, offsets: Any, text: Any, accounts: int) -> Any:
    """(rows in the order of place, moment and text, where each place begins). Rows of place NEVER are left out."""
    begins = np.zeros(accounts + 1, np.int64)
    for row in range(place.size):
        if place[row] >= 0:
            begins[place[row] + 1] += 1
    for at in range(accounts):
        begins[at + 1] += begins[at]
    rows, free = np.empty(begins[accounts], np.int32), begins.copy()
    for row in range(place.size):
        if place[row] >= 0:
            rows[free[place[row]]] = row
            free[place[row]] += 1
    for at in range(accounts):
        _sort(rows[begins[at] : begins[at + 1]], moment, offsets, text)
    return rows, begins


@njit(cache=True, nogil=True)
def _sort(rows: Any, moment: Any, offsets: Any, text: Any) -> None:
    if rows.size > SHORT:
        rows[:] = rows[np.argsort(moment[rows], kind="mergesort")]
    for at in range(1, rows.size):
        row, before = rows[at], at
        while before > 0:
            other = rows[before - 1]
            if moment[other] < moment[row]:
                break
            if moment[other] == moment[row] and compared(offsets, text, other, row) <= 0:
                break
            rows[before] = other
            before -= 1
        rows[before] = row


@njit(cache=True, nogil=True)
def walk(begins: Any, moment: Any, charge: Any, account: Any, paid_in: Any, spans: Any) -> Any:
    """(credit used, balance after) of each call in sequence, (credit used, balance) of each account, and how many spans.

    account: credit and balance before the month, by place · paid_in: (where each place begins, moments, amounts) of top-ups; one
    of the same second comes before the call · spans: rows of NEVER, NEVER, NEVER, 0, 0; they become place,
    from, until, charged calls and their charge of each time an account was used up.
    """
    used, after = np.empty_like(charge), np.empty_like(charge)
    totals, ended = np.zeros((begins.size - 1, 2), np.int64), 0
    for at in range(begins.size - 1):
        ends = begins[at : at + 2], paid_in[0][at : at + 2]
        more = _account(ends, moment, charge, account[at], paid_in, spans[ended:], (used, after, totals[at]))
        spans[ended : ended + more, 0] = at
        ended += more
    return used, after, totals, ended


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
