"""Today: the day in figures and what waits for the person who looks."""
