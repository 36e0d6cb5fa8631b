"""How a programme's request is told from a browser's, and which language it asks for."""

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

PROGRAMMES = "/api/v1/"
"""Where programmes come in: with a token, without cookies and pages."""

_LONGEST = 200


def is_programme(request: HttpRequest) -> bool:
    """Whether a programme asks, not a browser."""
    return request.path.startswith(PROGRAMMES)


def language_asked(request: HttpRequest) -> str:
    """The first of Chinese and English in Accept-Language; Chinese where it names neither."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:_LONGEST].lower())
    known = (code.split("-")[0] for code, weight in asked if weight)
    return next((code for code in known if code in ("zh", "en")), "zh")
