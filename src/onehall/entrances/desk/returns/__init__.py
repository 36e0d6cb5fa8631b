"""Signed sheets that come back from the field (回单, WRK-02, WRK-04)."""
