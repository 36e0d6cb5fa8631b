"""Who else is told what happens, and how it goes (API-01)."""
