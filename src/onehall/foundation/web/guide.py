"""One short paragraph of help for each page: data beside the screens (`help.toml` of a surface), opened with ? or F1."""

import functools
import tomllib
from importlib.resources import files

from django.conf import settings
from django.http import HttpRequest

from onehall.foundation.values.text import Text


@functools.cache
def guides(surfaces: tuple[str, ...]) -> dict[str, Text]:
    """The paragraphs of these packages by the route of their page."""
    read = [tomllib.loads((files(name) / "help.toml").read_text(encoding="utf-8")) for name in surfaces]
    return {
        route: Text(page["zh"], page["en"])
        for one in read
        for page in one["page"]
        for route in page["routes"]
    }


def guide_of(request: HttpRequest) -> Text | None:
    """What helps on the page that is being shown; None where nothing is written."""
    found = request.resolver_match
    return guides(tuple(getattr(settings, "GUIDED_SURFACES", ()))).get(found.route) if found else None
