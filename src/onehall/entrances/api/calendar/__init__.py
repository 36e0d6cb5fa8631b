"""Working days and opening hours."""
