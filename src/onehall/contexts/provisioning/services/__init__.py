"""Writes of the provisioning room: what accounts may do, and how the network is brought to obey."""
