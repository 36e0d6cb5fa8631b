"""Recharge cards: redeemed at the platform that issued them; a platform made of software beside it (PAY-03)."""
