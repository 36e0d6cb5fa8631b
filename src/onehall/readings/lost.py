"""流失与挽留: which customers left or meant to, why, and what helped (CHG-07). Of whoever ported out there are no words (LAW-05)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text

_WHERE = """
    from pub_subscriptions_retention r
    where r.hall_id = %(hall)s and r.at >= %(start)s and r.at < %(end)s
      and (%(halls)s::bigint[] is null or r.hall_id = any(%(halls)s))
      and (%(cause)s = '' or r.reason = %(cause)s)
"""
_COUNTED = f"select r.reason as cause, r.outcome, count(*) as number {_WHERE} group by 1, 2"
_TALKS = f"""
    with talks as (select r.* {_WHERE} order by r.at desc, r.id desc limit %(limit)s)
    select t.subscription_id, s.account_name as account, t.reason as cause, t.words, t.offer, t.outcome, t.at, u.name as by
    from talks t join pub_subscriptions_line s on s.id = t.subscription_id
    left join identity_user u on u.id = t.by_id
    order by t.at desc, t.id desc
"""  # noqa: S608 - constant text


@dataclass(frozen=True, slots=True)
class Row:
    """A cause with how often the talk came out how."""

    cause: str
    words: Text
    left: int
    booked: int
    stayed: int

    @property
    def lost(self) -> int:
        """Who left or will."""
        return self.left + self.booked


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One talk: whose line, why, what was offered, how it came out, who led it."""

    subscription_id: int
    account: str
    cause: Text
    words: str
    offer: str
    outcome: Text
    stayed: bool
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The causes, the most frequent loss first, and the talks behind them."""

    rows: tuple[Row, ...]
    talks: tuple[TalkLine, ...]

    @property
    def lost(self) -> int:
        """All who left or will."""
        return sum(row.lost for row in self.rows)

    @property
    def stayed(self) -> int:
        """All who were kept."""
        return sum(row.stayed for row in self.rows)


def lost(*, hall_id: int, span: Period, cause: str, scope: Scope, limit: int) -> Lost:
    """The talks of a hall in a span of time; of one cause where one is named."""
    facts = {
        "hall": hall_id, "start": span.start, "end": span.end, "halls": scope.hall_list, "cause": cause, "limit": limit,
    }  # fmt: skip
    counted: dict[str, dict[str, int]] = {}
    for row in fetch_all(_COUNTED, {**facts, "cause": ""}):
        counted.setdefault(row["cause"], {})[row["outcome"]] = row["number"]
    rows = [
        Row(
            name,
            subscriptions.CAUSES[name],
            found.get("left", 0),
            found.get("booked", 0),
            found.get("stayed", 0),
        )
        for name, found in counted.items()
    ]
    rows.sort(key=lambda row: (-row.lost, -row.stayed, row.cause))
    return Lost(tuple(rows), tuple(_talk(row) for row in fetch_all(_TALKS, facts)))


def _talk(row: dict[str, Any]) -> TalkLine:
    return TalkLine(
        subscription_id=row["subscription_id"], account=row["account"], cause=subscriptions.CAUSES[row["cause"]],
        words=row["words"], offer=row["offer"], outcome=subscriptions.OUTCOMES[row["outcome"]],
        stayed=row["outcome"] == "stayed", at=row["at"], by=row["by"] or "",
    )  # fmt: skip
