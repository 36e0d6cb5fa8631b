"""The template tags by kind: words, controls, parts. `templatetags/onehall.py` offers them as one library."""
