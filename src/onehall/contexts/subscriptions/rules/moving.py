"""移机: where a line may be taken (CHG-04, FEE-01)."""

from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.subscriptions.contracts import Ending
from onehall.contexts.subscriptions.rules.suspending import KEEP_FIRST
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import PremisesId
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class MoveGiven:
    """Where a line is taken to: compounds by code, and how the hall knows both dwellings."""

    from_dwelling: PremisesId
    from_compound: str
    to_dwelling: PremisesId
    to_compound: str
    to_label: str
    taken: bool


class NotMovable(Refusal):
    """The line cannot be taken there, or not now."""

    code = "subscriptions.not_movable"
    rule = "CHG-04"
    zh = "{account} 不能移机：{why}。"
    en = "{account} cannot be moved: {why_en}."
    alternative_zh = "{instead_zh}"
    alternative_en = "{instead_en}"


class LineChanged(Refusal):
    """Somebody else changed the line between choosing and paying."""

    code = "subscriptions.line_changed"
    rule = "CHG-04"
    zh = "{account} 刚刚在别的台席办过变更，这一笔没有办。"
    en = "{account} was changed at another counter just now; nothing was done here."
    alternative_zh = "请刷新客户页，去掉这一项，按现在的情况重新办理。"
    alternative_en = "Reload the customer's page, remove the item, and do it again as things stand now."


_No = tuple[Text, Text] | None
_ENDS = (Text("已登记到期拆机", "its end is booked"), KEEP_FIRST)
_EXPIRED = (
    Text("已经到期", "its paid term is over"),
    Text("请先续费，可与移机同一张受理单；也可在新址办新装。", "Renew it first, in the same basket; or take a new line there."),
)  # fmt: skip
_THERE_ALREADY = (
    Text("新址就是现在的住址", "it is there already"), Text("请核对楼号、单元和房号。", "Check building, unit and room."),
)  # fmt: skip


def check_move(
    *, account: str, given: MoveGiven | None, paid_until: datetime | None, ending: Ending | None, open_work: str,
    at: datetime, lasting: bool = False,
) -> None:  # fmt: skip
    """CHG-04, FEE-01: only inside the compound, to a dwelling that nobody has, while it is paid and no visit is under way.

    `given` None asks whether the line may be moved at all; `open_work` is the serial of a work order that is not finished;
    a line that is `lasting` has no paid term.
    """
    paid = lasting or (paid_until is not None and paid_until > at)
    expired = None if paid else _EXPIRED
    no = _ENDS if ending is not None else expired or _under_way(open_work) or _not_there(given)
    if no is not None:
        why, instead = no
        said = {"why": why.zh, "why_en": why.en, "instead_zh": instead.zh, "instead_en": instead.en}
        raise NotMovable(field="address" if given else None, account=account, **said)


def _under_way(open_work: str) -> _No:
    if not open_work:
        return None
    return (
        Text(f"工单 {open_work} 还没有完工", f"work order {open_work} is not finished"),
        Text("等上门完工后再办移机；当班开错的请先作废那一笔。", "Wait until that visit is finished, or void that sale in its shift."),
    )  # fmt: skip


def _not_there(given: MoveGiven | None) -> _No:
    if given is None:
        return None
    if given.to_compound != given.from_compound:
        return (
            Text(f"“{given.to_label}”不在本小区，只能在小区内移机", f"{given.to_label} is in another compound"),
            Text("请在新址办新装，原址按规定拆机或用到到期。", "Take a new line there; the old one is ended by the rules or used up."),
        )  # fmt: skip
    if given.to_dwelling == given.from_dwelling:
        return _THERE_ALREADY
    if not given.taken:
        return None
    return (
        Text(f"“{given.to_label}”已有在用宽带或已被预占", f"{given.to_label} has broadband, or it is reserved"),
        Text("请核对房号；前一户没有拆机的，请先办前一户拆机。", "Check the room; the former household's line has to be ended first."),
    )  # fmt: skip
