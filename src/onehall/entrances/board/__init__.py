"""The board 看板: what is late, what waits for whom, registers, and the hall's own rules. Live, and read more than written."""
