"""Writes of the provisioning room: what accounts may do, the access devices they come through, and the sessions seen there."""
