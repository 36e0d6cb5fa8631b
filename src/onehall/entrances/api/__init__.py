"""How programmes come in: everything a person can do at the desk, over HTTP and JSON (API-01)."""
