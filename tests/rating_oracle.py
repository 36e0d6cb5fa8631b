"""A second opinion on rating: slow, plain, with dictionaries and decimals, and nothing of the product in it."""

import csv
import math
import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path

Rows = list[dict[str, str]]


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _units(yuan: str) -> int:
    return int(Decimal(yuan) * 10_000)


def _is_moment(text: str) -> bool:
    try:
        return str(datetime.fromisoformat(text)) == text
    except ValueError:
        return False


def rate(calls: Path, accounts: Path, prefixes: Path, plans: Path, month: str) -> tuple[Rows, Rows, Rows]:
    """(rated, accounts, suspense) as the files hold them, every value a text."""
    prices = tomllib.loads(plans.read_text(encoding="utf-8"))
    classes = {row["prefix"]: row["class"] for row in _read(prefixes)}
    people = {row["number"]: row for row in _read(accounts)}
    suspense: Rows = []
    calls_of: dict[str, list[tuple[str, str, str, int, int]]] = {number: [] for number in people}
    claimed: set[str] = set()
    for line, row in enumerate(_read(calls), start=2):
        reason = ""
        person = people.get(row["caller"])
        if not _is_moment(row["start"]) or not (row["seconds"].isascii() and row["seconds"].isdigit()):
            reason = "bad_row"
        elif row["call_id"] in claimed:
            reason = "repeat"
        else:
            claimed.add(row["call_id"])
            if person is None:
                reason = "unknown_account"
            elif person["plan"] not in prices:
                reason = "unknown_plan"
            elif not row["start"].startswith(month + "-"):
                reason = "other_month"
            else:
                matching = [prefix for prefix in classes if row["callee"].startswith(prefix)]
                kind = classes[max(matching, key=len)] if matching else ""
                price = prices[person["plan"]].get(kind)
                seconds = int(row["seconds"])
                if price is None and seconds > 0:
                    reason = "no_price"
                else:
                    minutes = math.ceil(Decimal(seconds) / 60)
                    charge = minutes * _units(price or "0")
                    calls_of[row["caller"]].append((row["start"], row["call_id"], kind, minutes, charge))
        if reason:
            suspense.append({"line": str(line), "call_id": row["call_id"], "reason": reason})
    rated: Rows = []
    totals: Rows = []
    for number in sorted(people):
        credit, balance = (
            _units(people[number]["monthly_credit_yuan"]),
            _units(people[number]["balance_yuan"]),
        )
        sums = {"calls": 0, "minutes": 0, "charge": 0, "credit_used": 0, "credit_lapsed": 0, "paid": 0}
        for _, call_id, kind, minutes, charge in sorted(calls_of[number]):
            used = min(credit, charge)
            credit -= used
            balance -= charge - used
            facts = {"minutes": minutes, "charge": charge, "credit_used": used, "paid": charge - used}
            for name, amount in facts.items():
                sums[name] += amount
            sums["calls"] += 1
            row = {"call_id": call_id, "number": number, "class": kind, **facts, "balance_after": balance}
            rated.append({name: str(value) for name, value in row.items()})
        sums["credit_lapsed"] = credit
        totals.append(
            {name: str(value) for name, value in {"number": number, **sums, "balance": balance}.items()}
        )
    return rated, totals, suspense
