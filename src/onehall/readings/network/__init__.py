"""What the networks shall do and what they say: one line with its diagnosis, the hall's network at a glance, lists (NET-03, NET-04)."""
