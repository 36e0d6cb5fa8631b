"""One customer at a time at a counter: asked to wait, sent off, spoken to as the hall speaks; the screen that locks."""
