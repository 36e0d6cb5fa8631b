"""Printed books of receipts: issued to counters, used up, back with every stub (RCP-02)."""
