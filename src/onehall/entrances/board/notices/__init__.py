"""Notices: sending them, who has not read them, answering what people ask; and reading those for oneself (ORG-10)."""
