"""What every operation has in common: who asks, what may be sent, how lists go on, and how a no is said."""
