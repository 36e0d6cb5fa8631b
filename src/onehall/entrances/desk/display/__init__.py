"""The customer's display beside the counter: what is due, what was handed over, what goes back (PAY-02). Nothing personal."""
