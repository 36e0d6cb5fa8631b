"""The door of voice."""

from onehall.contexts.voice.contracts import CALLER_ID, Line, LineState, NoSuchLine, StateRefused, Waits
from onehall.contexts.voice.queries import line, lines_of
from onehall.contexts.voice.services import set_line

__all__ = [
    "CALLER_ID",
    "Line",
    "LineState",
    "NoSuchLine",
    "StateRefused",
    "Waits",
    "line",
    "lines_of",
    "set_line",
]
