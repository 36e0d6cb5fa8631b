"""Pure decisions of registers: reading cells, repairing them, judging rows by a declared format."""
