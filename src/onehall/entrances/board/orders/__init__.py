"""Orders on the board: by state, age and handling time, the list behind each figure, and the day's sample for checking."""
