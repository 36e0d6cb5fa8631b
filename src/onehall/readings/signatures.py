"""电子签名未被改动: whether signed forms and their strokes still are what was signed (LAW-32). Read-only."""

from collections.abc import Callable
from dataclasses import dataclass

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import trail
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.forms import canonical, sha256
from onehall.foundation.documents.queries import document
from onehall.foundation.documents.signed import SIGNATURE, unsigned
from onehall.foundation.documents.strokes import picture, strokes_hash
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.vault import VaultError

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Signatures:
    """How many were looked at, and the baskets whose signature or signed form was altered, with what is wrong."""

    looked_at: int
    altered: tuple[tuple[int, str], ...]


def verify_signatures(*, scope: Scope, progress: Callable[[int], None] = lambda done: None) -> Signatures:
    """Strokes bear their hash, the document of record holds exactly these strokes joined to exactly the form that was shown,
    and the trail names that document by its hash. One that no key opens counts as altered."""
    looked_at, after = 0, 0
    altered: list[tuple[int, str]] = []
    while page := orders.evidences(scope=scope, after=after, limit=_PAGE):
        for one in page:
            wrong = _wrong_with(one, scope)
            if wrong:
                altered.append((one.basket_id, wrong))
        looked_at, after = looked_at + len(page), page[-1].basket_id
        progress(looked_at)
    return Signatures(looked_at, tuple(altered))


def _wrong_with(one: orders.Evidence, scope: Scope) -> str:
    """What was altered; empty where everything agrees."""
    try:
        paper = document(one.document, scope=scope)
    except (NotFound, VaultError):
        return "document"
    if strokes_hash(one.strokes) != one.strokes_sha256:
        return "strokes"
    return "" if _joins(paper, one) and _told(paper, one, scope) else "document"


def _joins(paper: Document, one: orders.Evidence) -> bool:
    signed = paper.content.get(SIGNATURE)
    return (
        signed is not None
        and signed["picture"] == picture(one.strokes)
        and signed["strokes_sha256"] == one.strokes_sha256.hex()
        and signed["form_sha256"] == one.form_sha256.hex()
        and sha256(canonical(unsigned(paper.content))) == one.form_sha256
        and sha256(canonical(paper.content)).hex() == paper.sha256
    )


def _told(paper: Document, one: orders.Evidence, scope: Scope) -> bool:
    """The line of the trail, which is sealed, has the hash that the document had when it was signed."""
    lines = trail(
        scope=scope, limit=1, action="acceptance_form.signed", subject="basket", subject_id=str(one.basket_id)
    )
    return bool(lines) and lines[0].details.get("sha256") == paper.sha256
