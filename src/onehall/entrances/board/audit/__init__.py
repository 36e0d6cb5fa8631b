"""The audit trail as read, and the proof of its chains."""
