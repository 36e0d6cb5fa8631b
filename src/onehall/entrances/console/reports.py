"""The report of an import as a file: JSON, columns in the sheet's words, written in every case and never half."""

import json
import os
from pathlib import Path
from typing import Any

from onehall.contexts.registers.api import Fault, Report
from onehall.entrances.console.words import both
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text


class ReportNotWritten(Refusal):
    """The file of the report cannot be written."""

    code = "console.report_not_written"
    rule = "API-03"
    status = 400
    zh = "报告文件 {path} 写不了：{why}。什么都没有导入。"
    en = "The report {path} cannot be written: {why}. Nothing was imported."
    alternative_zh = "请换一个可写的位置，或腾出磁盘空间。"
    alternative_en = "Choose a place that can be written, or make room on the disk."


def as_json(report: Report) -> dict[str, Any]:
    """The report in the shape that other programs compare."""
    return {
        "rows": report.rows,
        "accepted": report.accepted,
        "repaired": [
            {
                "row": r.row,
                "column": r.column,
                "before": r.before,
                "after": r.after,
                "reason": _told(r.reason),
            }
            for r in report.repaired
        ],
        "warnings": [{"row": w.row, "column": w.column, "reason": _told(w.reason)} for w in report.warnings],
        "errors": [
            {"row": e.row, "column": e.column, "reason": _told(e.reason), "code": e.code, "rule": e.rule}
            for e in report.errors
        ],
    }


def of_refusal(refusal: Refusal) -> Report:
    """A sheet that was refused as a whole: its one error stands at the heading."""
    reason = Text(
        refusal.sentence("zh") + refusal.alternative("zh"),
        f"{refusal.sentence('en')} {refusal.alternative('en')}".strip(),
    )
    fault = Fault(1, refusal.field or "", reason, refusal.code, refusal.rule)
    return Report(errors=[fault])


def check_place(path: Path) -> None:
    """Raises ReportNotWritten before anything is imported, where the report could not be written afterwards."""
    try:
        descriptor = os.open(_draft(path), os.O_WRONLY | os.O_CREAT, 0o600)
        os.close(descriptor)
    except OSError as error:
        raise ReportNotWritten(path=path, why=error.strerror) from None


def write(path: Path, report: Report) -> None:
    """Whole or not at all; only the owner may read it, since it shows what was put right. Raises ReportNotWritten."""
    draft = _draft(path)
    try:
        text = json.dumps(as_json(report), ensure_ascii=False, indent=1) + "\n"
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
        draft.replace(path)
    except OSError as error:
        raise ReportNotWritten(path=path, why=error.strerror) from None


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.draft")


def _told(reason: Text) -> str:
    return both(reason.zh, reason.en)
