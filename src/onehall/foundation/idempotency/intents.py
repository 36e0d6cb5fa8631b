"""Claiming an intent and keeping its result."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from onehall.foundation.database import Asking, Question, asks, at_the_end, fetch_one, in_transaction
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor


class IntentReused(Refusal):
    """The key was used for something else; what was typed is kept."""

    code = "idempotency.reused"
    rule = "ORD-13"
    status = 422
    zh = "这次提交的编号已经用于另一笔内容不同的业务，没有重复办理。"
    en = "This submission's key already stands for a different request; nothing was done."
    alternative_zh = "请刷新页面后再提交，已填内容不会丢失。"
    alternative_en = "Reload the page and submit again; nothing you typed is lost."


@dataclass(frozen=True, slots=True)
class Attempt:
    """`result` is what the first attempt returned, or None when this is the first."""

    key: UUID
    result: dict[str, Any] | None

    @property
    def done(self) -> bool:
        """Whether the work was done before and only its result is to be returned."""
        return self.result is not None

    def finish(self, result: Mapping[str, Any]) -> None:
        """Keeps the result with the work, in the same transaction."""
        at_the_end(
            "update idempotency_intent set result = %(result)s where key = %(key)s",
            {"key": self.key, "result": json.dumps(result, default=str)},
        )


@in_transaction
@asks
def once(*, key: UUID, journey: str, by: Actor, body: Mapping[str, Any], at: datetime) -> Asking[Attempt]:
    """Claims the intent; a concurrent second attempt waits here until the first commits or fails."""
    canonical = json.dumps(body, sort_keys=True, default=str, ensure_ascii=False)
    facts = {
        "key": key,
        "user": by.user_id,
        "journey": journey,
        "digest": hashlib.sha256(canonical.encode()).digest(),
        "at": at,
    }
    claimed = yield Question(
        "insert into idempotency_intent (key, user_id, journey, body_digest, at)"
        " values (%(key)s, %(user)s, %(journey)s, %(digest)s, %(at)s) on conflict do nothing returning key",
        facts,
    )
    if claimed:
        return Attempt(key, None)
    first = yield Question(
        "select user_id, journey, body_digest, result from idempotency_intent where key = %(key)s",
        {"key": key},
    )
    meant = [(row["user_id"], row["journey"], bytes(row["body_digest"])) for row in first]
    if meant != [(by.user_id, journey, facts["digest"])]:
        raise IntentReused()
    return Attempt(key, first[0]["result"])


@in_transaction
def forget_intents(*, before: datetime, limit: int) -> int:
    """Deletes intents older than this moment, at most `limit`; how many. A screen that was left open longer than that
    is answered by the rules alone, as if it were submitted for the first time."""
    row = fetch_one(
        "with gone as (delete from idempotency_intent where key in"
        " (select key from idempotency_intent where at < %(before)s order by at limit %(limit)s) returning 1)"
        " select count(*) as rows from gone",
        {"before": before, "limit": limit},
    )
    return row["rows"] if row else 0
