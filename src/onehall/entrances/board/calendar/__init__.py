"""Working days and opening hours of the hall."""
