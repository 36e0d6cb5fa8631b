"""Everything that happened to a case, newest first: from the register to the archive."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.audit import Line, trail
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text

_METHODS = {
    fieldwork.Sign.STROKES.value: Text("手写签名", "signed on glass"),
    fieldwork.Sign.PAPER.value: Text("纸上签名", "signed on paper"),
    fieldwork.Sign.SEAL.value: Text("盖章", "sealed"),
    fieldwork.Sign.CONFIRMED.value: Text("本人会话确认", "confirmed in the own session"),
}
_LINES = 100
_LINES_SHOWN = {
    "work.dispatched": (Text("{who} 发单", "{who} dispatched it"), "send"),
    "work.signed": (Text("{who} 签收", "{who} signed for it"), "pen"),
    "work.assigned": (Text("{who} 派了装维", "{who} assigned the installer"), "person"),
    "work.returned": (Text("{who} 登记回单", "{who} recorded the returned sheet"), "order"),
    "work.archived": (Text("{who} 归档", "{who} archived it"), "archive"),
}
_CALLS = {
    fieldwork.CallOutcome.UNANSWERED: (Text("{who} 回访，无人接听", "{who} called, no answer"), "warn"),
    fieldwork.CallOutcome.PASSED: (Text("{who} 回访通过", "{who} called, all well"), "good"),
    fieldwork.CallOutcome.FAILED: (Text("{who} 回访不通过", "{who} called, not satisfied"), "bad"),
}
Rows = list[dict[str, Any]]


def story(case: fieldwork.WorkOrder, *, scope: Scope) -> Rows:
    """Rows of a time line: who did what, how it was signed, measured, used and answered."""
    lines = trail(scope=scope, limit=_LINES, subject="work_order", subject_id=str(case.id))
    materials = fieldwork.materials(scope=scope)
    rows: Rows = [_row(case.accepted_at, Text("受理", "accepted at the counter"), "plus")]
    rows += [_line(line) for line in lines if line.action in _LINES_SHOWN]
    for visit in fieldwork.visits(case.id, scope=scope):
        rows += _visit(visit, materials)
    rows += [_call(call) for call in fieldwork.calls(case.id, scope=scope)]
    if case.facts.withdrawn_at:
        words = Text("业务作废，工单撤销", "withdrawn with its sale")
        rows.append(_row(case.facts.withdrawn_at, words, "no", "bad"))
    return sorted(rows, key=lambda row: row["at"], reverse=True)


def _line(line: Line) -> dict[str, Any]:
    words, icon = _LINES_SHOWN[line.action]
    said = _who(words, line.user_name or "—")
    how = _METHODS.get(str(line.details.get("method", "")))
    return _row(
        line.at, _more(said, how) if how else said, icon, "good" if line.action == "work.archived" else ""
    )


def _visit(visit: fieldwork.Visit, materials: Mapping[str, fieldwork.Material]) -> Rows:
    rows = [
        _row(
            visit.started_at,
            _who(Text("{who} 上门开始施工", "{who} began the work"), visit.installer),
            "tool",
        )
    ]
    if visit.ended_at is None:
        return rows
    if not visit.done:
        said = _who(Text("{who} 没有做成", "{who} could not do it"), visit.installer)
        return [*rows, _row(visit.ended_at, _more(said, *_note(visit.note)), "alert", "warn")]
    said = _who(Text("{who} 完工，客户已签", "{who} finished, signed by the customer"), visit.installer)
    parts = [*_test(visit.test), *_used(visit.materials, materials), *_note(visit.note)]
    return [*rows, _row(visit.ended_at, _more(said, *parts), "check", "good")]


def _test(test: fieldwork.LineTest | None) -> Iterable[Text]:
    if test is None:
        return ()
    measured = f"↓{test.down_kbps / 1000:g}M ↑{test.up_kbps / 1000:g}M {test.loss_permille}‰"
    return (Text(f"测速 {measured}", f"line test {measured}"),)


def _used(
    uses: Sequence[fieldwork.MaterialUse], materials: Mapping[str, fieldwork.Material]
) -> Iterable[Text]:
    for use in uses:
        known = materials[use.code]
        own = Text("（客户自备）", " (customer's own)") if use.own else Text("", "")
        yield Text(f"{known.name.zh} ×{use.quantity}{own.zh}", f"{known.name.en} ×{use.quantity}{own.en}")


def _call(call: fieldwork.Call) -> dict[str, Any]:
    words, kind = _CALLS[call.outcome]
    stars = call.satisfaction or 0
    mark = [Text(f"满意度 {stars}", f"satisfaction {stars}")] if stars else []
    return _row(call.at, _more(_who(words, call.by), *mark, *_note(call.handled)), "phone", kind)


def _note(note: str) -> Iterable[Text]:
    return (Text(note, note),) if note else ()


def _who(words: Text, who: str) -> Text:
    return Text(words.zh.format(who=who), words.en.format(who=who))


def _more(said: Text, *parts: Text) -> Text:
    return Text(
        " · ".join([said.zh, *(one.zh for one in parts)]), " · ".join([said.en, *(one.en for one in parts)])
    )


def _row(at: Any, text: Text, icon: str, kind: str = "") -> dict[str, Any]:
    return {"at": at, "text": text, "icon": icon, "kind": kind}
