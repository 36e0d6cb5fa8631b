"""The network on the board: who is on line where, what is refused, what waits, the devices, the lists (NET-03, NET-04)."""
