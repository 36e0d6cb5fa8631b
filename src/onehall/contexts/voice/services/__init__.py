"""Writing voice: one verb each, inside the caller's transaction. Nothing is ever changed."""

from onehall.contexts.voice.services.lines import set_line

__all__ = ["set_line"]
