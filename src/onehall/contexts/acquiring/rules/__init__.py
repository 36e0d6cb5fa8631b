"""Pure decisions of acquiring: what an answer changes, what is asked next, what a card's slip says."""
