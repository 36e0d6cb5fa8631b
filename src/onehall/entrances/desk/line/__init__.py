"""A line at the desk: why it does not work, its sessions and traffic, cutting it, a new password (NET-04)."""
