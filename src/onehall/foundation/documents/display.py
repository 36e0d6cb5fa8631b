"""What counters' displays ask to be signed, and what became of it; the verbs stand inside the caller's transaction."""

from datetime import datetime

from django.db.models import Q, QuerySet

from onehall.foundation.database import in_transaction
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.models import SigningRequest
from onehall.foundation.documents.signing import SignedElsewhere, Signing, SigningState, Wrong, over
from onehall.foundation.scopes import Actor, NotFound, Scope
from onehall.foundation.values.ids import CounterId, DocumentId, HallId


def signing(request_id: int, *, scope: Scope) -> Signing:
    """One request, or NotFound."""
    found = _newest(SigningRequest.objects.filter(pk=request_id), scope)
    if found is None:
        raise NotFound(what="这次签名", what_en="This request to sign")
    return found


def signing_of(subject: str, subject_id: int, *, scope: Scope) -> Signing | None:
    """The newest request about one thing."""
    about = SigningRequest.objects.filter(document__subject=subject, document__subject_id=subject_id)
    return _newest(about, scope)


def signing_at(counter_id: int, *, since: datetime, scope: Scope) -> Signing | None:
    """What the display of a counter shows: the newest request that waits there, or ended since then."""
    fresh = Q(ended_at__isnull=True) | Q(ended_at__gt=since)
    return _newest(SigningRequest.objects.filter(fresh, counter_id=counter_id), scope)


@in_transaction
def ask_signing(*, paper: Document, stamp: str, counter_id: int, by: Actor, at: datetime) -> Signing:
    """The display of the counter shows this paper; whatever it asked before, and whatever was asked about the same, is withdrawn."""
    withdraw_signing(subject=paper.subject, subject_id=paper.subject_id, at=at)
    SigningRequest.objects.filter(counter_id=counter_id, ended_at=None).update(
        outcome="withdrawn", ended_at=at
    )
    row = SigningRequest.objects.create(
        document_id=paper.id, counter_id=counter_id, stamp=stamp, asked_at=at, by_id=by.user_id
    )
    return signing(row.pk, scope=by.scope)


@in_transaction
def withdraw_signing(*, subject: str, subject_id: int, at: datetime) -> None:
    """Nothing is asked about it any more; what is over already stays as it ended."""
    waiting = SigningRequest.objects.filter(
        document__subject=subject, document__subject_id=subject_id, ended_at=None
    )
    SigningRequest.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(
        outcome="withdrawn", ended_at=at
    )


@in_transaction
def end_signing(*, request_id: int, stamp: str, wrong: Wrong | None, by: Actor, at: datetime) -> None:
    """The answer at the counter's own display: signed, or `wrong` with what is wrong. The first answer stands.

    SignedElsewhere at another counter; SigningOver when it is no longer asked, or its subject stands otherwise now (`stamp`).
    """
    SigningRequest.objects.select_for_update().filter(pk=request_id).first()
    asked = signing(request_id, scope=by.scope)
    if asked.counter_id != by.counter_id:
        raise SignedElsewhere()
    if asked.now(stamp) is not SigningState.WAITING:
        raise over(asked.now(stamp))
    outcome = SigningState.OBJECTED if wrong else SigningState.SIGNED
    SigningRequest.objects.filter(pk=request_id).update(outcome=outcome, wrong=wrong or "", ended_at=at)


def _newest(rows: QuerySet[SigningRequest], scope: Scope) -> Signing | None:
    row = rows.select_related("document").order_by("-id").first()
    if row is None or not scope.allows(row.document.hall_id):
        return None
    paper = row.document
    return Signing(
        id=row.pk, hall_id=HallId(paper.hall_id), counter_id=CounterId(row.counter_id), subject=paper.subject,
        subject_id=paper.subject_id, document_id=DocumentId(paper.pk), sha256=bytes(paper.content_sha256).hex(),
        stamp=row.stamp, asked_at=row.asked_at, state=SigningState(row.outcome or "waiting"),
        wrong=Wrong(row.wrong) if row.wrong else None, ended_at=row.ended_at,
    )  # fmt: skip
