"""Papers: what they hold, their copies as files, and reprints."""
