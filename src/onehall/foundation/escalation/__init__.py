"""上报与指示 Matters go up one level at a time, instructions from above come down and are tracked until done (ESC-01, ESC-02)."""
