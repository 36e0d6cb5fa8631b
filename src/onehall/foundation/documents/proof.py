"""Whether papers still say what they said when they were issued (REC-03)."""

from collections.abc import Callable
from dataclasses import dataclass

from onehall.foundation.database import fetch_all
from onehall.foundation.documents.forms import sha256
from onehall.foundation.documents.queries import CONTENT
from onehall.foundation.scopes import Scope
from onehall.foundation.vault import VaultError, decrypt

_PAGE = 2000
_CONTENTS = """
    select id, serial, content, content_sha256 from documents_document
    where (%(halls)s::bigint[] is null or hall_id = any(%(halls)s)) and (%(before)s::bigint is null or id < %(before)s)
    order by id desc limit %(page)s
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """How many papers were opened, and the ids with the serials of those whose content does not bear its hash."""

    opened: int
    altered: tuple[tuple[int, str], ...]


def verify_contents(
    *, scope: Scope, newest: int | None, progress: Callable[[int], None] = lambda opened: None
) -> Contents:
    """Opens the newest papers of the halls in the scope, all with None; a paper that no key opens counts as altered."""
    opened, before = 0, None
    altered: list[tuple[int, str]] = []
    while newest is None or opened < newest:
        page = _PAGE if newest is None else min(_PAGE, newest - opened)
        rows = fetch_all(_CONTENTS, {"halls": scope.hall_list, "before": before, "page": page})
        if not rows:
            break
        altered += [(row["id"], row["serial"]) for row in rows if not _bears_its_hash(row)]
        opened, before = opened + len(rows), rows[-1]["id"]
        progress(opened)
    return Contents(opened, tuple(altered))


def _bears_its_hash(row: dict[str, object]) -> bool:
    content, digest = row["content"], row["content_sha256"]
    if not isinstance(content, bytes | memoryview) or not isinstance(digest, bytes | memoryview):
        return False
    try:
        return sha256(decrypt(bytes(content), context=CONTENT)) == bytes(digest)
    except VaultError:
        return False
