"""What joins a signature on screen to the form that was signed (LAW-32)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

SIGNATURE = "signature"
"""Where the signature stands in the content of a signed paper; without it the content is the form that was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature on screen (LAW-32): the lines as a drawing, the hash of the strokes, of the form that was shown, and when.

    `terms_version` is what the customer ticked; empty where the terms stand on the form alone.
    """

    picture: str
    strokes_sha256: str
    form_sha256: str
    terms_version: str
    signed_at: datetime


def unsigned(content: dict[str, Any]) -> dict[str, Any]:
    """A paper's content as it was before it was signed."""
    return {name: value for name, value in content.items() if name != SIGNATURE}
