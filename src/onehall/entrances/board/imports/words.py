"""What the import pages show of a report: its findings by row, a page at a time."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from onehall.contexts.registers.api import Report, UploadKept
from onehall.entrances.board.pages import SIZE, address
from onehall.foundation.values.text import Text

KINDS = {
    "all": Text("全部", "all"),
    "errors": Text("不能接受", "refused"),
    "warnings": Text("提示", "warnings"),
    "repaired": Text("已修正", "repaired"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the preview: `tag` is the kind of mark, `before` and `after` of a repair."""

    row: int
    column: str
    kind: Text
    tag: str
    reason: Text
    rule: str = ""
    before: str = ""
    after: str = ""


def findings(report: Report, kind: str, page: int) -> tuple[list[Finding], int]:
    """The findings of this kind on this page, by row, and how many there are in all."""
    errors = [Finding(e.row, e.column, KINDS["errors"], "bad", e.reason, e.rule) for e in report.errors]
    warnings = [Finding(w.row, w.column, KINDS["warnings"], "warn", w.reason) for w in report.warnings]
    repaired = [
        Finding(r.row, r.column, KINDS["repaired"], "plain", r.reason, "", r.before, r.after)
        for r in report.repaired
    ]
    groups = {"errors": errors, "warnings": warnings, "repaired": repaired}
    chosen = groups.get(kind) if kind in groups else list(chain(errors, warnings, repaired))
    ordered = sorted(chosen or [], key=lambda one: one.row)
    return ordered[page * SIZE : (page + 1) * SIZE], len(ordered)


def shown_of(kept: UploadKept, kind: str, number: int, base: str) -> dict[str, Any]:
    """What the preview shows of a report: its sums, and page `number` of the findings of a kind."""
    report, here = kept.report, f"{base}uploads/{kept.id}"
    shown, total = findings(report, kind, number)
    further = (number + 1) * SIZE < total
    return {
        "report": report,
        "refused": len(report.errors),
        "warned": len(report.warnings),
        "repaired": len(report.repaired),
        "shown": shown,
        "total": total,
        "kinds": [(code, words, address(here, kind=code), code == kind) for code, words in KINDS.items()],
        "following": address(here, kind=kind, page=number + 1) if further else "",
    }
