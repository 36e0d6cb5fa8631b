"""The three small files: who calls, what numbers mean, what a minute costs. Wrong lines are refused, for balances hang on them."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onehall.contexts.rating.api import FileUnusable, Month, PlaceUnusable, moment, units
from onehall.runs.rate_files import texts

ACCOUNTS = ("number", "plan", "monthly_credit_yuan", "balance_yuan")
PREFIXES = ("prefix", "class")
TOPUPS = ("topup_id", "number", "at", "amount_yuan")


class Inputs(NamedTuple):
    """What all engines are handed; money in units of 1/10000 yuan.

    accounts: place (0… in the order of numbers), number, plan, known (the plan is in the plans), credit, balance ·
    prefixes: prefix, class, place · prices: plan, class, price.
    """

    accounts: pa.Table
    prefixes: pa.Table
    prices: pa.Table


def read(*, accounts: Path, prefixes: Path, plans: Path) -> Inputs:
    """All three. Raises FileUnusable, PlaceUnusable."""
    prices = _plans(plans)
    return Inputs(_accounts(accounts, prices), _prefixes(prefixes), _prices(prices))


def _accounts(path: Path, plans: dict[str, dict[str, int]]) -> pa.Table:
    read = texts.table(path, ACCOUNTS)
    _each_once(path, read, "number")
    _present(path, read, "number")
    read = read.take(pc.sort_indices(read["number"])).combine_chunks()
    credit = _money(path, read, "monthly_credit_yuan")
    negative = pc.less(credit, 0)
    if pc.any(negative).as_py():
        at = pc.index(negative, value=True).as_py()
        _refuse(path, read, at, "monthly_credit_yuan", "赠送话费不能是负数", "credit cannot be negative")
    return pa.table(
        {
            "place": pa.array(np.arange(read.num_rows)),
            "number": read["number"],
            "plan": read["plan"],
            "known": pc.is_in(read["plan"], value_set=pa.array(list(plans), pa.string())),
            "credit": credit,
            "balance": _money(path, read, "balance_yuan"),
        }
    )


def topups(path: Path, accounts: pa.Table, month: Month) -> pa.Table:
    """Money paid in during the month: place, moment, amount, in order. What is delivered twice counts once.

    Raises FileUnusable, PlaceUnusable: money that belongs to nobody or to another month is no money of this run.
    """
    known = dict(zip(accounts["number"].to_pylist(), accounts["place"].to_pylist(), strict=True))
    seen: dict[str, tuple[int, int, int]] = {}
    for row in texts.table(path, TOPUPS).to_pylist():
        place, at, amount = known.get(row["number"]), moment(row["at"]), units(row["amount_yuan"])
        faults = (
            (place is None, "number", "没有这个帐户", "there is no such account"),
            (at is None or not month.first <= at < month.after, "at", f"不是 {month.text} 的时间", f"no moment of {month.text}"),
            (amount is None or amount <= 0, "amount_yuan", "不是大于零的金额", "no amount above zero"),
            (seen.get(row["topup_id"], (place, at, amount)) != (place, at, amount), "topup_id",
             "同一编号的充值内容不同", "another top-up has this number"),
        )  # fmt: skip
        for wrong, column, why, why_en in faults:
            if wrong:
                raise _line_unusable(path, row[texts.LINE], column, why, why_en)
        if place is not None and at is not None and amount is not None:
            seen[row["topup_id"]] = (place, at, amount)
    columns = zip(*sorted(seen.values()), strict=True) if seen else ((), (), ())
    names = ("place", "moment", "amount")
    return pa.table({name: pa.array(values, pa.int64()) for name, values in zip(names, columns, strict=True)})


def _prefixes(path: Path) -> pa.Table:
    read = texts.table(path, PREFIXES, optional=("place",))
    _each_once(path, read, "prefix")
    _present(path, read, "class")
    return read.drop_columns([texts.LINE])


def _plans(path: Path) -> dict[str, dict[str, int]]:
    try:
        # "0.1" without quotation marks is a number too, but no float must touch it.
        read = tomllib.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        why = error.strerror or "?"
        raise FileUnusable(file=path, why=f"打不开（{why}）", why_en=f"cannot be opened ({why})") from None
    except UnicodeDecodeError:
        raise FileUnusable(
            file=path, why="TOML 文件须为 UTF-8 编码", why_en="is not UTF-8, as TOML has to be"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise FileUnusable(
            file=path, why=f"不是正确的 TOML（{error}）", why_en=f"is no valid TOML ({error})"
        ) from None
    return {plan: _plan(path, plan, prices) for plan, prices in read.items()}


def _plan(path: Path, plan: str, prices: Any) -> dict[str, int]:
    if not isinstance(prices, dict):
        raise _plan_unusable(path, plan, "=", "应为一节 [资费名]", "a section is wanted")
    found = {}
    for item, price in prices.items():
        exact = isinstance(price, str | int | Decimal) and not isinstance(price, bool)
        amount = units(f"{price:f}" if isinstance(price, Decimal) else str(price)) if exact else None
        if amount is None or amount < 0:
            why = f"“{price}”不是价格（元，不为负，最多四位小数）"
            why_en = f"“{price}” is no price (yuan, not negative, at most four decimals)"
            raise _plan_unusable(path, plan, item, why, why_en)
        found[item] = amount
    return found


def _plan_unusable(path: Path, plan: str, item: str, why: str, why_en: str) -> PlaceUnusable:
    return PlaceUnusable(
        file=path, where=f"资费 {plan} 的 {item}", where_en=f"plan {plan}, {item}", why=why, why_en=why_en
    )


def _line_unusable(path: Path, line: int, column: str, why: str, why_en: str) -> PlaceUnusable:
    where, where_en = f"第 {line} 行，栏目 {column}", f"line {line}, column {column}"
    return PlaceUnusable(file=path, where=where, where_en=where_en, why=why, why_en=why_en)


def _prices(plans: dict[str, dict[str, int]]) -> pa.Table:
    rows = [(plan, item, price) for plan, prices in plans.items() for item, price in prices.items()]
    schema = pa.schema([("plan", pa.string()), ("class", pa.string()), ("price", pa.int64())])
    return pa.Table.from_arrays(
        [pa.array([row[at] for row in rows], field.type) for at, field in enumerate(schema)],
        schema=schema,
    )


def _money(path: Path, read: pa.Table, column: str) -> pa.ChunkedArray:
    """A column of yuan as units; each different text is read once."""
    coded = pc.dictionary_encode(read[column]).combine_chunks()
    amounts = [units(text) for text in coded.dictionary.to_pylist()]
    if None in amounts:
        wrong = coded.dictionary[amounts.index(None)].as_py()
        at = pc.index(read[column], value=wrong).as_py()
        _refuse(
            path, read, at, column, f"“{wrong}”不是金额（元，最多四位小数）",
            f"“{wrong}” is no amount (yuan, at most four decimals)",
        )  # fmt: skip
    return pa.chunked_array([pa.array(amounts, pa.int64()).take(coded.indices)], pa.int64())


def _each_once(path: Path, read: pa.Table, column: str) -> None:
    if pc.count_distinct(read[column]).as_py() == read.num_rows:
        return
    seen: dict[str, int] = {}
    for line, value in zip(read[texts.LINE].to_pylist(), read[column].to_pylist(), strict=True):
        if value in seen:
            raise _line_unusable(
                path,
                line,
                column,
                f"“{value}”与第 {seen[value]} 行重复",
                f"“{value}” stands on line {seen[value]} already",
            )
        seen[value] = line


def _present(path: Path, read: pa.Table, column: str) -> None:
    empty = pc.index(read[column], value="").as_py()
    if empty >= 0:
        _refuse(path, read, empty, column, "是空的", "it is empty")


def _refuse(path: Path, read: pa.Table, at: int, column: str, why: str, why_en: str) -> None:
    line = read[texts.LINE][at].as_py()
    raise _line_unusable(path, line, column, why, why_en)
