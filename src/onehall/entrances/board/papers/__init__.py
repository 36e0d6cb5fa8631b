"""Papers of field work as files for the browser."""
