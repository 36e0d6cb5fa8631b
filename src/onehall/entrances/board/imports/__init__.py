"""Registers come in: upload, preview with verdicts, commit, undo, history."""
