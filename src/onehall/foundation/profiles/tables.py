"""compounds.csv and premises.csv: rows with line numbers, ranges written out into dwellings."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from onehall.foundation.profiles.problems import Findings
from onehall.foundation.profiles.schema import Compound, Dwelling
from onehall.foundation.values.text import Text

_COMPOUNDS = ("code", "name_zh", "name_en", "hall", "sources")
_PREMISES = ("compound", "buildings", "units", "floors", "rooms")
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")


def read_compounds(path: Path, findings: Findings) -> tuple[Compound, ...]:
    """One compound a row; `sources` are separated by spaces."""
    return tuple(
        Compound(
            code=row["code"],
            name=Text(row["name_zh"], row["name_en"]),
            hall=row["hall"],
            sources=tuple(row["sources"].split()),
        )
        for _, row in _rows(path, _COMPOUNDS, findings)
    )


def read_premises(path: Path, compounds: tuple[Compound, ...], findings: Findings) -> tuple[Dwelling, ...]:
    """Ranges such as `dw,1-18,1-2,1-18,01-04` as dwellings: the room number is floor + two digits (floor 5, room 02: 502)."""
    known = {compound.code for compound in compounds}
    dwellings: dict[Dwelling, int] = {}
    for line, row in _rows(path, _PREMISES, findings):
        place = _line(line)
        if row["compound"] not in known:
            findings.add(
                path.name,
                place,
                f"小区“{row['compound']}”不在 compounds.csv 中",
                f"compound “{row['compound']}” is not in compounds.csv",
            )
        ranges = [_numbers(row[name], path.name, f"{place} · {name}", findings) for name in _PREMISES[1:]]
        for dwelling in _written_out(row["compound"], *ranges):
            if dwelling in dwellings:
                where = f"{dwelling.building}#-{dwelling.unit}-{dwelling.room}"
                findings.add(
                    path.name,
                    place,
                    f"{where} 在第 {dwellings[dwelling]} 行已有",
                    f"{where} is already in line {dwellings[dwelling]}",
                )
                break
            dwellings[dwelling] = line
    return tuple(dwellings)


def _written_out(
    compound: str, buildings: list[int], units: list[int], floors: list[int], rooms: list[int]
) -> Iterator[Dwelling]:
    for building in buildings:
        for unit in units:
            for floor in floors:
                for room in rooms:
                    yield Dwelling(compound, str(building), str(unit), f"{floor}{room:02d}")


def _numbers(written: str, file: str, place: str, findings: Findings) -> list[int]:
    """ "1-3 7" as 1, 2, 3, 7."""
    numbers: list[int] = []
    for part in written.split():
        found = _RANGE.fullmatch(part)
        if found is None or int(found[1]) > int(found[2] or found[1]):
            findings.add(
                file, place, f"范围“{part}”应写成 1-18 或 3", f"range “{part}” should read 1-18 or 3"
            )
            continue
        numbers.extend(range(int(found[1]), int(found[2] or found[1]) + 1))
    if not numbers:
        findings.add(file, place, "没有号码", "there is no number")
    return numbers


def _rows(path: Path, columns: tuple[str, ...], findings: Findings) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        findings.add(path.name, "", "缺少这个文件", "this file is missing")
        return
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.reader(opened)
        wanted = ",".join(columns)
        if [name.strip() for name in next(reader, [])] != list(columns):
            findings.add(path.name, _line(1), f"表头应为 {wanted}", f"the heading should be {wanted}")
            return
        for row in reader:
            cells = [cell.strip() for cell in row]
            if len(cells) == len(columns) and all(cells):
                yield reader.line_num, dict(zip(columns, cells, strict=True))
            elif any(cells):
                zh, en = f"应有 {len(columns)} 格，不得留空", f"{len(columns)} cells are needed, none empty"
                findings.add(path.name, _line(reader.line_num), zh, en)


def _line(number: int) -> str:
    return f"第 {number} 行 / line {number}"
