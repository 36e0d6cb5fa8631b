"""Messages to customers: how far each came; told by a person where one did not arrive; the language they are written in (BIL-06)."""

from typing import Any

from ninja import Query

from onehall.contexts.customers import api as customers
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Bilingual, Given, Moment, Sentence, Shown, Word
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.choose_language import choose_language
from onehall.journeys.tell_instead import tell_instead
from onehall.readings.messages import Message, message, messages

noun = Noun(Text("客户通知", "Messages to customers"))
_MOST = 200


class Happened(Shown):
    """What happened to a message; `why` as the gateway or the person says."""

    state: str
    turn: int
    at: Moment
    why: str
    by: str


class MessageShown(Shown):
    """A message; the number covered, the text left out: both stand on the page of whoever tells the customer (SEC-07)."""

    id: int
    kind: str
    state: str
    words: Bilingual
    language: str
    turn: int
    party_id: int | None
    covered: str
    made_at: Moment
    not_after: Moment
    steps: list[Happened]


class Messages(Shown):
    """The newest first; `next` is the `after` of what follows."""

    items: list[MessageShown]
    next: int | None


class TellingGiven(Given):
    """How the customer was told."""

    how: Sentence


class LanguageGiven(Given):
    """zh or en."""

    language: Word


@noun.operation("GET", "/messages", permission="message.settle", words=Text("客户通知和送达情况", "Messages and how far they came"), shows=Messages)  # fmt: skip
def listed(
    request: Request, state: str = "", after: int | None = None, limit: int = Query(50, ge=1, le=_MOST)
) -> Any:
    found = messages(state=state, after=after, limit=limit + 1, scope=request.actor.scope)
    last = found[limit - 1].notice.id if len(found) > limit else None
    return {"items": [_shown(one) for one in found[:limit]], "next": last}


@noun.operation("POST", "/messages/{int:message_id}/telling", permission="message.settle", words=Text("没送到的已另行告知", "Told instead of a message that did not arrive"), shows=MessageShown)  # fmt: skip
def tell(request: Request, message_id: int, given: TellingGiven) -> Any:
    tell_instead(notice_id=message_id, how=given.how, by=request.actor, at=request.at)
    return _shown(message(message_id, scope=request.actor.scope))


@noun.operation("POST", "/customers/{int:party_id}/language", permission="customer.open", words=Text("客户的通知用语", "The language a customer is written to in"), shows=LanguageGiven)  # fmt: skip
def language(request: Request, party_id: int, given: LanguageGiven) -> Any:
    choose_language(party_id=PartyId(party_id), language=given.language, by=request.actor, at=request.at)
    root = customers.root(party_id, scope=request.actor.scope)
    return {"language": customers.languages([root], scope=request.actor.scope)[root]}


def _shown(one: Message) -> dict[str, Any]:
    kept = ("id", "kind", "state", "language", "turn", "party_id", "made_at", "not_after", "steps")
    return {
        **{name: getattr(one.notice, name) for name in kept},
        "words": one.state,
        "covered": one.covered,
    }
