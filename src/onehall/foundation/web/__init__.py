"""What every screen is built with: the page frames, the components, the guard before a view, the answer to a refusal.

Owns no table and knows no room. Screens live in `entrances/`; they write templates with `{% load onehall %}`, extend one of
the frames `onehall/frame_*.html` and decorate their views with `permit` or `public`.
"""
