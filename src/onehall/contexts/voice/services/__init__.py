"""Writing voice: one verb each, inside the caller's transaction. Nothing is ever changed."""
