"""The customer's telephone: what is left, bills, a month call by call, and recharging it on the web (VOI-03, PAY-03)."""
