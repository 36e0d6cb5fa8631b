"""A message that did not arrive: whom to call, what to say, and that it was said (BIL-06)."""
