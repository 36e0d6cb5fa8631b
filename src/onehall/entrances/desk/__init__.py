"""The desk 台席: what a clerk sees and presses. Each view translates, makes one call, translates back."""
