"""What drawers were short of."""
