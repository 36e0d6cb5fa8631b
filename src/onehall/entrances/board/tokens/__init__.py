"""Access tokens of the hall: who may call the system by programme, for what, and taking that back."""
