"""Forms that were written on paper and typed in afterwards, day by day."""
