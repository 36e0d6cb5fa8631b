"""Tickets for the live stream: signed, short-lived, checked without the database, naming nobody."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing

from onehall.foundation.scopes import Actor

LIFETIME = timedelta(minutes=15)
"""A stream ends with its ticket; the page fetches a new one. So a stream outlives a sign-out by this much at most."""

_SALT = "onehall.live"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose stream, which halls it may hear (None: all), until when."""

    user_id: int
    halls: frozenset[int] | None
    expires: datetime


def issue_ticket(actor: Actor, now: datetime) -> str:
    """A ticket for the halls this person may see, as text for an address."""
    halls = None if actor.halls is None else sorted(actor.halls | {actor.hall_id})
    expires = int((now + LIFETIME).timestamp())
    return signing.Signer(salt=_SALT).sign_object({"u": actor.user_id, "h": halls, "x": expires})


def read_ticket(text: str, now: datetime) -> Ticket | None:
    """The ticket, or None where it is forged or past its time."""
    try:
        content = signing.Signer(salt=_SALT).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    halls = content["h"]
    ticket = Ticket(
        user_id=content["u"],
        halls=None if halls is None else frozenset(halls),
        expires=datetime.fromtimestamp(content["x"], tz=UTC),
    )
    return ticket if now < ticket.expires else None


def live_origin(page: str) -> str:
    """Scheme, host and port of the stream for a page at `page` (its absolute address); "" is the page's own origin.

    Setting LIVE_URL wins (behind a proxy "/live"); without it the stream is on the same host at ONEHALL_LIVE_PORT.
    """
    return _origin(page, _fixed_url(), _port())


@lru_cache(maxsize=64)  # structural: a hall has few addresses; every answer of every page asks
def _origin(page: str, fixed_url: str, port: str) -> str:
    fixed = urlsplit(fixed_url)
    if fixed.netloc or fixed.path:
        return f"{fixed.scheme}://{fixed.netloc}" if fixed.netloc else ""
    parts = urlsplit(page)
    host = parts.hostname or "127.0.0.1"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def live_url(page: str, ticket: str) -> str:
    """Where a page at `page` opens its stream."""
    return f"{live_origin(page)}{urlsplit(_fixed_url()).path or '/live'}?ticket={ticket}"


def _port() -> str:
    """Set by whoever starts the processes; read at each call because it is known only then."""
    return os.environ.get("ONEHALL_LIVE_PORT", "8001")


def _fixed_url() -> str:
    return str(settings.LIVE_URL)
