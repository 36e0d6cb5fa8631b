"""Matters reported upwards and instructions from above (ESC-01, ESC-02)."""
