"""Follow-up calls with their script and tries, and the archive (WRK-04, WRK-05)."""
