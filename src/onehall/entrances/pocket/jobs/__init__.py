"""The installer's day: today's list, one job, its line test, its materials, the customer's signature (WRK-09)."""
